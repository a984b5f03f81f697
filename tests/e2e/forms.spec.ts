import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { askForReset, fillIdentity, joinAndLogIn, pickLanguage, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

withAndWithoutScripts('fr', ({ name }) => {
  test(`Enter submits from any field, ${name}`, async ({ page }) => {
    for (const field of ['identifier', 'password']) {
      await page.goto('/fr/login')
      await page.locator(`[name=${field}]`).press('Enter')
      await expect(page.locator('main').getByRole('alert')).toBeVisible()
    }
  })

  test(`after a request, back, forward and reload send nothing again, ${name}`, async ({ page, service }) => {
    const before = await requests(service.databaseUrl)
    await askForReset(page, 'fr', newPerson())
    await page.goBack()
    await expect(page).toHaveURL('/fr/forgot-password')
    await expect(page.locator('[name=email]')).toBeVisible()
    await page.goForward()
    await expect(page).toHaveURL('/fr/forgot-password/sent')
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Demande prise en compte')
    expect(await requests(service.databaseUrl)).toBe(before + 1)
  })

  test(`the language links lead to the same page in the other language, ${name}`, async ({ page }) => {
    for (const path of [
      'login',
      'signup',
      'signup/sent',
      'forgot-password',
      'forgot-password/sent',
      'reset-password',
    ]) {
      await page.goto(`/fr/${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
      await pickLanguage(page, 'English')
      await expect(page).toHaveURL(`/en/${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      await pickLanguage(page, 'Français')
      await expect(page).toHaveURL(`/fr/${path}`)
    }
  })
})

test('a change of language, a look at another page and the way back keep what was typed, but for the password', async ({
  page,
}) => {
  const { password, ...typed } = newPerson()
  const expectKept = async () => {
    for (const [field, value] of Object.entries(typed)) await expect(page.locator(`[name=${field}]`)).toHaveValue(value)
    await expect(page.locator('[name=password]')).toHaveValue('')
  }
  await page.goto('/fr/signup')
  await fillIdentity(page, { ...typed, password })
  await page.locator('[name=password]').fill(password)
  await page.locator('#password-reveal').click()
  await pickLanguage(page, 'English')
  await expect(page).toHaveURL('/en/signup')
  await expectKept()
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(password)
  await page.locator('main').getByRole('link').last().click()
  await expect(page).toHaveURL('/en/login')
  await page.goBack()
  await expectKept()
  await page.locator('[name=password]').fill(password)
  await submit(page)
  await expect(page).toHaveURL('/en/signup/sent')
  await page.goto('/en/signup')
  await expect(page.locator('[name=email]')).toHaveValue('')
})

test('of details that stand in a form what was changed is kept for a quarter of an hour, and of a rehearsal nothing', async ({
  page,
  service,
}) => {
  const person = await joinAndLogIn(page, service)
  const name = page.locator('[name=lastName]')
  const kept = () => page.evaluate(() => Object.entries(sessionStorage).flat().join())
  await page.goto('/fr/account/details')
  await pickLanguage(page, 'English')
  await expect(page).toHaveURL('/en/account/details')
  expect(await kept()).not.toContain(person.firstName)
  await name.fill('Von der Aue')
  await pickLanguage(page, 'Français')
  await expect(page).toHaveURL('/fr/account/details')
  await expect(name).toHaveValue('Von der Aue')
  await page.goto('/fr/account')
  await page.clock.setFixedTime(Date.now() + 16 * 60_000)
  await page.goto('/fr/account/details')
  await expect(name).toHaveValue(person.lastName)
  await page.goto('/fr/account/rehearsal')
  await fillIdentity(page, person)
  await page.goto('/fr/account')
  expect(await kept()).not.toContain(person.email)
})

test('a slip in the domain of an address is asked about and not refused', async ({ page }) => {
  await page.goto('/fr/forgot-password')
  const news = page.locator('#email-news')
  await page.locator('[name=email]').fill('camille@gmial.com')
  await page.locator('[name=firstName]').fill('Camille')
  await expect(news).toContainText('vouliez-vous écrire gmail.com')
  await expect(page.locator('[name=email]')).toHaveAccessibleDescription(/vouliez-vous écrire gmail.com/)
  await page.locator('[name=lastName]').fill('Durand')
  await page.locator('[name=country]').selectOption('FR')
  await page.locator('[name=organizationType]').selectOption('company')
  await submit(page)
  await expect(page).toHaveURL('/fr/forgot-password/sent')
})

async function requests(databaseUrl: string): Promise<number> {
  const [row] = await query(databaseUrl, `SELECT count(*)::int AS requests FROM "Mail" WHERE "kind" = 'password_reset'`)
  return Number(row?.requests)
}
