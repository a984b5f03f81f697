import { expect, type Page } from '@playwright/test'
import { inEveryMode, withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'
import { say } from '@/tests/support/words'

const identity = { email: 'email', firstName: 'firstName', lastName: 'lastName' }
const forms = [
  { path: 'login', title: 'login.title', fields: { identifier: 'identifier', password: 'password' } },
  { path: 'signup', title: 'signup.title', fields: { ...identity, password: 'newPassword' } },
  { path: 'forgot-password', title: 'forgot.title', fields: identity },
]

inEveryMode(({ locale, scripts, name }) => {
  for (const { path, title, fields } of forms) {
    test(`an empty ${path} says at its top and at each field what to do, ${name}`, async ({ page }) => {
      await page.goto(`/${locale}/${path}`)
      await expect(page).toHaveTitle(`${say(locale, title)} – Metamots`)
      await submit(page)

      const summary = page.locator('main form > [role=alert]:first-of-type')
      const missing = Object.entries(fields).map(([field, words]) => [field, say(locale, `fields.${words}.missing`)])
      await expect(summary.getByRole('link')).toHaveText(missing.map(([, text = '']) => text))
      if (scripts) await expect(summary).toBeFocused()
      await expect(page).toHaveTitle(`${locale === 'fr' ? 'Erreur\u202f' : 'Error'}: ${say(locale, title)} – Metamots`)
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(missing.length)
      for (const [field, text = ''] of missing) {
        const control = page.locator(`[name=${field}][aria-invalid=true]`)
        await expect(control).toHaveAttribute('aria-describedby', new RegExp(`(^| )${field}-errors( |$)`))
        await expect(page.locator(`#${field}-errors`)).toHaveText(text)
        await summary.getByRole('link', { name: text }).click()
        await expect(control).toBeFocused()
      }
    })
  }
})

withAndWithoutScripts('fr', ({ locale, name }) => {
  test(`a failed sign-in is one alert on no field, and keeps the identifier, ${name}`, async ({ page }) => {
    const { email, password } = newPerson()
    await page.goto(`/${locale}/login`)
    await page.locator('[name=identifier]').fill(email)
    await page.locator('[name=password]').fill(password)
    await page.locator('[name=locale]').selectOption('en')
    await submit(page)
    await expect(alert(page)).toContainText(say(locale, 'formCodes.invalid_credentials'))
    await expect(alert(page)).toHaveCount(1)
    await expect(alert(page).getByRole('link')).toHaveCount(0)
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(0)
    await expect(page).toHaveTitle(new RegExp(`^${say(locale, 'kit.errorTitle', { title: '' }).trim()}`))
    await expect(page.locator('[name=identifier]')).toHaveValue(email)
    await expect(page.locator('[name=locale]')).toHaveValue('en')
    await expectForgotten(page, 'password', password)
  })

  test(`what was typed is kept through two failures, but never the password, ${name}`, async ({ page }) => {
    const person = newPerson({ email: 'nobody at example.org', country: 'BE', organizationType: 'self_employed' })
    await page.goto(`/${locale}/signup`)
    await fillIdentity(page, person)
    for (const round of [1, 2]) {
      await page.locator('[name=password]').fill(person.password)
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await submit(page)
      await answered
      await expectForgotten(page, 'password', person.password)
      await expect(page.locator('.field:has(#email)')).toContainText(say(locale, 'fields.email.invalid'))
      for (const field of ['email', 'firstName', 'lastName', 'country', 'organizationType'] as const)
        await expect(page.locator(`[name=${field}]`), `round ${round}`).toHaveValue(person[field])
    }
  })

  test(`a weak password is told everything that is wrong with it, ${name}`, async ({ page }) => {
    await page.goto(`/${locale}/signup`)
    await fillIdentity(page, newPerson())
    await page.locator('[name=password]').fill('zqxjv')
    await submit(page)
    const codes = ['too_short', 'missing_upper', 'missing_digit', 'missing_special']
    const texts = codes.map((code) => say(locale, `fields.newPassword.${code}`, { min: 8 }))
    await expect(alert(page).getByRole('link')).toHaveText(texts)
    await expect(page.locator('#password-errors').getByRole('listitem')).toHaveText(texts)
    await expectForgotten(page, 'password', 'zqxjv')
  })
})

function alert(page: Page) {
  return page.locator('main').getByRole('alert')
}

/** The field is empty, and what was typed into it is nowhere in the page. */
async function expectForgotten(page: Page, field: string, secret: string): Promise<void> {
  await expect(page.locator(`[name=${field}]`)).toHaveValue('')
  expect(await page.content()).not.toContain(secret)
}
