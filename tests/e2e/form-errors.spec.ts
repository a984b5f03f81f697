import { expect, type Page } from '@playwright/test'
import { inEveryMode, withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

const identity = {
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  country: 'country',
  organizationType: 'organizationType',
}
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

withAndWithoutScripts('fr', ({ locale, scripts, name }) => {
  test(`a space at an end of a password is pointed out, refused or taken, ${name}`, async ({ page }) => {
    const person = newPerson()
    const note = say(locale, 'passwordRules.outerSpace')
    await page.goto(`/${locale}/login`)
    await page.locator('[name=identifier]').fill(person.email)
    await page.locator('[name=password]').fill(`${person.password} `)
    await submit(page)
    await expect(page.locator('#password-note')).toHaveText(note)
    await expect(page.locator('[name=password]')).toHaveAccessibleDescription(new RegExp(note))
    await page.goto(`/${locale}/signup`)
    await fillIdentity(page, person)
    await page.locator('[name=password]').fill('Vqzrtk71 ')
    await submit(page)
    await expect(page.locator('#password-errors')).toHaveText(say(locale, 'fields.newPassword.missing_special'))
    await expect(page.locator('main form')).toContainText(note)
    await page.locator('[name=password]').fill('Vqzr-tk71')
    await submit(page)
    await expect(page).toHaveURL(`/${locale}/signup/sent`)
    await expect(page.locator('main')).not.toContainText(note)
    await page.goto(`/${locale}/signup`)
    await fillIdentity(page, newPerson())
    await page.locator('[name=password]').fill(' Vqzr-tk71')
    await submit(page)
    await expect(page).toHaveURL(`/${locale}/signup/sent`)
    await expect(page.locator('main')).toContainText(note)
  })

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
    await expectUnwritten(page, password)
    await expect(page.locator('[name=password]')).toHaveValue('')
  })

  test(`what was typed is kept through two failures, the password only where it was typed, ${name}`, async ({
    page,
  }) => {
    const person = newPerson({ email: 'nobody at example.org', country: 'BE', organizationType: 'self_employed' })
    await page.goto(`/${locale}/signup`)
    await fillIdentity(page, person)
    for (const round of [1, 2]) {
      await page.locator('[name=password]').fill(person.password)
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await submit(page)
      await answered
      await expectUnwritten(page, person.password)
      await expect(page.locator('[name=password]')).toHaveValue(scripts ? person.password : '')
      await expect(page.locator('div:has(> #email)')).toContainText(say(locale, 'fields.email.invalid'))
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
    const rules = codes.map((code) => say(locale, `passwordRules.${code}`, { min: 8 }))
    const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
    const text = say(locale, 'fields.newPassword.lacks', { rules: list.format(rules) })
    await expect(alert(page).getByRole('link')).toHaveText(text)
    await expect(page.locator('#password-errors').getByRole('listitem')).toHaveText(text)
    if (scripts) {
      await page.locator('[name=password]').fill('zqxjv-ZQXJV 7')
      await expect(page.locator('#password-errors')).toHaveCount(0)
    }
    await expectUnwritten(page, 'zqxjv')
  })
})

for (const scripts of [true, false]) {
  test.describe(() => {
    test.use({ javaScriptEnabled: scripts })

    test(`a refusal says in how long, and ${scripts ? 'when that is by the clock of the browser' : 'no more without JavaScript'}`, async ({
      page,
      service,
    }) => {
      const person = newPerson()
      const ask = async () => {
        await page.goto('/fr/forgot-password')
        await fillIdentity(page, person)
        await submit(page)
      }
      await ask()
      await expect(page).toHaveURL('/fr/forgot-password/sent')
      await query(service.databaseUrl, refused)
      await ask()
      const clock = scripts ? / dans 40\smin[^ ]* \(([a-z]+ )?\d\d:\d\d\)\.$/ : / dans 40\smin[^ ]*\.$/
      await expect(alert(page).locator('p')).toHaveText(clock)
    })
  })
}

test('scripts that start after an answer leave the field in use alone, tell the clock, and empty nothing when the next is lost', async ({
  page,
  service,
  console: complaints,
}) => {
  const person = newPerson()
  await page.goto('/fr/forgot-password')
  await fillIdentity(page, person)
  await submit(page)
  await expect(page).toHaveURL('/fr/forgot-password/sent')
  await query(service.databaseUrl, refused)
  let letGo = () => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/*.js*', async (route) => {
    await released
    await route.continue().catch(() => {})
  })
  await page.goto('/fr/forgot-password', { waitUntil: 'commit' })
  await fillIdentity(page, person)
  await page.locator('main form button[type=submit]').click({ noWaitAfter: true })
  await expect(alert(page)).toBeVisible()
  await page.locator('[name=firstName]').focus()
  letGo()
  await expect(alert(page).locator('p')).toHaveText(/ dans 40\smin[^ ]* \(([a-z]+ )?\d\d:\d\d\)\.$/)
  await expect(page.locator('[name=firstName]')).toBeFocused()
  await page.route('**', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await submit(page)
  await expect(alert(page)).toContainText(say('fr', 'kit.lost'))
  await expect(page.locator('[name=email]')).toHaveValue(person.email)
  expect(complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
})

const refused = `UPDATE "RateLimit" SET "hits" = 1000, "endsAt" = now() + interval '39 minutes 30 seconds' WHERE "key" LIKE 'reset_request_target:%'`

function alert(page: Page) {
  return page.locator('main').getByRole('alert')
}

/** What was typed stands nowhere in the document. */
async function expectUnwritten(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret)
}
