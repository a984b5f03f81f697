import { expect, type Page } from '@playwright/test'
import { passwordRules } from '@/lib/accounts/passwords/rule'
import { languageNames } from '@/lib/i18n/language-names'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { askForReset, logIn } from '@/tests/support/browser/walks'
import { askForEmailRaw, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { say } from '@/tests/support/words'

type Attributes = Record<string, string | null>

const name = { type: 'text', autocorrect: 'off', enterkeyhint: 'next', maxlength: null }
const email = { type: 'email', autocorrect: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'next' }
const people: Record<string, Attributes> = {
  firstName: { ...name, autocomplete: 'given-name' },
  lastName: { ...name, autocomplete: 'family-name' },
  country: { autocomplete: 'country' },
  organizationType: { autocomplete: null },
}
const newPassword = {
  type: 'password',
  autocomplete: 'new-password',
  autocapitalize: 'none',
  spellcheck: 'false',
  maxlength: null,
  passwordrules: passwordRules,
  autocorrect: 'off',
}
const currentPassword = { type: 'password', autocorrect: 'off', autocomplete: 'current-password', maxlength: null }

const forms: Record<string, Record<string, Attributes>> = {
  login: {
    identifier: {
      type: 'text',
      autocomplete: 'username',
      autocapitalize: 'none',
      autocorrect: 'off',
      spellcheck: 'false',
      enterkeyhint: 'next',
    },
    password: { ...currentPassword, enterkeyhint: 'go' },
    locale: { autocomplete: 'language' },
  },
  signup: { email: { ...email, autocomplete: 'username' }, ...people, password: newPassword },
  'forgot-password': { email: { ...email, autocomplete: 'email' }, ...people },
}

for (const [path, fields] of Object.entries(forms)) {
  test(`browsers and password managers know the fields of ${path}`, async ({ page }) => {
    await page.goto(`/fr/${path}`)
    await expectFields(page, fields)
  })
}

test('they know those of a new password too, and under which address to keep it', async ({ page, service }) => {
  const person = await joinRaw(service)
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await expectFields(page, { email: { ...email, autocomplete: 'username' }, ...people, newPassword })
  await logIn(page, 'fr', person)
  await page.goto('/fr/account/change-email')
  await expectFields(page, { newEmail: { ...email, autocomplete: 'email' }, currentPassword })
  await page.goto('/fr/account/details')
  await expectFields(page, { ...people, currentPassword: { ...currentPassword, enterkeyhint: 'go' } })
  await page.goto('/fr/account/rehearsal')
  await expectFields(page, { email: { ...email, autocomplete: 'email' }, ...people })
  await page.goto('/fr/account/change-password')
  await expectFields(page, { currentPassword, newPassword })
  await expect(page.locator('input[autocomplete=username]')).toHaveValue(person.email)
  await page.goto('/fr/account/close')
  await expectFields(page, { currentPassword: { ...currentPassword, enterkeyhint: 'go' } })
  await expect(page.locator('input[autocomplete=username]')).toHaveValue(person.email)
  const { email: other } = newPerson()
  await askForEmailRaw(service, person, other)
  await page.goto(linkIn(await sweptMailTo(service, other), 'new-email'))
  await expectFields(page, { currentPassword: { ...currentPassword, enterkeyhint: 'go' } })
  await expect(page.locator('input[autocomplete=username]')).toHaveValue(other)
  await page.goto('/fr/account/username')
  await expectFields(page, {
    username: { type: 'text', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', maxlength: null },
  })
})

test.describe(() => {
  test.use({ javaScriptEnabled: false })

  test('a field that wants a format says so before anything is typed', async ({ page }) => {
    for (const locale of locales)
      for (const { path, field } of [
        { path: 'signup', field: 'email' },
        { path: 'forgot-password', field: 'email' },
        { path: 'signup', field: 'lastName' },
        { path: 'forgot-password', field: 'lastName' },
        { path: 'login', field: 'identifier' },
      ]) {
        await page.goto(`/${locale}/${path}`)
        const description = say(locale, `fields.${field}.hint`)
        await expect(page.locator(`[name=${field}]`)).toHaveAccessibleDescription(description)
        await expect(page.getByText(description, { exact: true })).toBeVisible()
      }
  })
})

test('the lists hold what they should, and nothing is chosen for anybody', async ({ page }) => {
  for (const locale of ['fr', 'en'] as const) {
    await page.goto(`/${locale}/signup`)
    const [country, type] = [page.locator('[name=country]'), page.locator('[name=organizationType]')]
    for (const list of [country, type]) await expect(list).toHaveValue('')
    const [first, ...names] = await country.locator('option').allTextContents()
    expect(first).toBe(say(locale, 'fields.country.choose'))
    expect(names.length).toBeGreaterThanOrEqual(249)
    expect(names).toEqual([...names].sort(new Intl.Collator(locale).compare))
    await expect(type.locator('option').first()).toHaveText(say(locale, 'fields.organizationType.choose'))
    expect(await type.locator('option').count()).toBe(7)
  }
  await page.goto('/fr/login')
  await expect(page.locator('[name=locale]')).toHaveValue('fr')
  await expect(page.locator('[name=locale] option')).toHaveText(Object.values(languageNames))
  for (const { lang, dir } of [
    { lang: 'en', dir: 'ltr' },
    { lang: 'ar', dir: 'rtl' },
  ])
    for (const text of ['[name=locale] option', 'header nav a'])
      await expect(page.locator(`${text}[lang=${lang}]`)).toHaveAttribute('dir', dir)
})

async function expectFields(page: Page, fields: Record<string, Attributes>): Promise<void> {
  await expect(page.locator('main form').first()).toHaveAttribute('novalidate', '')
  for (const [field, attributes] of Object.entries(fields)) {
    const control = page.locator(`[name=${field}]`)
    for (const [attribute, value] of Object.entries({
      ...attributes,
      required: null,
      'aria-required': 'true',
      'aria-invalid': 'false',
    }))
      expect.soft(await control.getAttribute(attribute), `${field}: ${attribute}`).toBe(value)
  }
}
