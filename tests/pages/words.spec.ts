import { expect, type Page } from '@playwright/test'
import { languageNames } from '@/lib/i18n/language-names'
import { test } from '@/tests/support/browser/test'
import { askForReset, confirm, signUp } from '@/tests/support/browser/walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'

// The product's own wording, with a narrow no-break space (U+202F) before ? and typographic apostrophes.
const required = 'Les champs avec * sont obligatoires.'
const identity = ['Email*', 'Prénom*', 'Nom*', 'Pays*', 'Qualité*']

type Words = { title: string; texts?: string[]; labels?: string[]; button?: string }

const pages: ({ path: string } & Words)[] = [
  {
    path: 'login',
    title: 'Se connecter',
    texts: [
      'Bienvenue sur l’espace SaaS du Service en ligne Metamots. Vous devez avoir un compte pour vous connecter. Si ce n’est pas le cas, vous avez un lien plus bas pour en créer un.',
      'Vous n’avez pas encore de compte\u202f? Créer un compte',
      'Vous avez oublié votre mot de passe\u202f? Réinitialiser votre mot de passe',
      required,
    ],
    labels: ['Identifiant*', 'Mot de passe*', 'Langue de l’interface*'],
    button: 'Connexion',
  },
  { path: 'signup', title: 'Créer un compte', texts: [required], labels: [...identity, 'Mot de passe*'] },
  {
    path: 'forgot-password',
    title: 'Mot de passe oublié',
    texts: ['Vous devez saisir les informations de la même manière que lors de la création de votre compte.', required],
    labels: identity,
    button: 'Demande de mot de passe',
  },
  { path: 'signup/sent', title: 'Vérifiez votre messagerie' },
  { path: 'forgot-password/sent', title: 'Demande prise en compte', texts: ['30 minutes', 'indésirables'] },
  { path: 'reset-password/done', title: 'Changement de mot de passe effectué' },
  { path: 'accessibility', title: 'Accessibilité' },
]

for (const { path, ...words } of pages) {
  test(`the page ${path} says what the product says`, async ({ page }) => {
    await page.goto(`/fr/${path}`)
    await expectWords(page, words)
  })
}

test('so do the pages of somebody on the way back in', async ({ page, service }) => {
  const person = newPerson()
  await signUp(page, 'fr', person)
  await page.goto(linkIn(await sweptMailTo(service, person.email), 'verify-email'))
  await expectWords(page, { title: 'Confirmer votre adresse', labels: ['Mot de passe*'] })
  await confirm(page, person)
  await expect(page).toHaveURL('/fr/verify-email/done')
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await expectWords(page, {
    title: 'Recréer un mot de passe',
    texts: [required],
    labels: [...identity, 'Nouveau mot de passe*'],
    button: 'Modifier le mot de passe',
  })
  await page.goto('/fr/account')
  await expectWords(page, { title: 'Mon compte' })
})

test('the sign-in button stands beside the choice of language', async ({ page }) => {
  await page.goto('/fr/login')
  const [button, select] = [page.getByRole('button', { name: 'Connexion' }), page.locator('[name=locale]')]
  const [left, right] = [await select.boundingBox(), await button.boundingBox()]
  expect(right?.x).toBeGreaterThanOrEqual((left?.x ?? 0) + (left?.width ?? 0))
  expect(Math.abs((right?.y ?? 0) - (left?.y ?? 0))).toBeLessThan(10)
})

async function expectWords(page: Page, { title, texts = [], labels, button }: Words): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page).toHaveTitle(`${title} – Metamots`)
  await expect(page.locator('header a')).toHaveText(['Metamots', ...Object.values(languageNames)])
  // Read as they are: Playwright's own comparison takes every space for a plain one.
  const content = (await page.locator('main').textContent()) ?? ''
  for (const text of texts) expect(content).toContain(text)
  if (labels) {
    expect(await page.locator('main label').allTextContents()).toEqual(labels)
    expect(content.indexOf(required)).toBeLessThan(content.indexOf(labels[0] ?? ''))
  }
  if (button) expect(await page.locator('main button[type=submit]').allTextContents()).toEqual([button])
}
