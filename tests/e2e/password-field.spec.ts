import { expect, type Page } from '@playwright/test'
import { inEveryMode } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { pickLanguage, submit } from '@/tests/support/browser/walks'
import { say } from '@/tests/support/words'

const rules = ['too_short', 'missing_lower', 'missing_upper', 'missing_digit', 'missing_special']

inEveryMode(({ locale, scripts, name }) => {
  test(`the rules of a new password are listed before it is typed, ${name}`, async ({ page }) => {
    await page.goto(`/${locale}/signup`)
    const texts = rules.map((rule) => say(locale, `passwordRules.${rule}`, { min: 8 }))
    const list = page.locator('#password-rules').getByRole('listitem')
    await expect(list).toContainText(texts)
    const description = page.locator('[name=password]')
    await expect(description).toHaveAccessibleDescription(new RegExp(texts.join('.*')))
    if (!scripts) return expect(page.locator('#password-reveal')).toBeHidden()

    const [met, unmet] = [say(locale, 'passwordRules.met'), say(locale, 'passwordRules.unmet')]
    const typed: [string, string[]][] = [
      ['', []],
      ['a', ['missing_lower']],
      ['aB', ['missing_lower', 'missing_upper']],
      ['aB3', ['missing_lower', 'missing_upper', 'missing_digit']],
      ['aB3 ', ['missing_lower', 'missing_upper', 'missing_digit']],
      ['aB3 a', ['missing_lower', 'missing_upper', 'missing_digit', 'missing_special']],
      ['aB3 aB3 ', rules],
      ['é', ['missing_lower']],
      ['12345678', ['too_short', 'missing_digit']],
    ]
    for (const [password, kept] of typed) {
      await page.locator('[name=password]').fill(password)
      await expect(list).toContainText(rules.map((rule) => (kept.includes(rule) ? met : unmet)))
    }
    // What is news is said once, and beside the description: that stays as it is.
    const spoken = page.locator('#password-rules').getByRole('status')
    await expect(spoken).toHaveText(
      [[texts[0], met].join(' '), [texts[1], unmet].join(' '), [texts[3], met].join(' ')].join(', '),
    )
    await expect(description).toHaveAccessibleDescription(new RegExp(`${texts.join(' ')}(?!.*(${met}|${unmet}))`))
    const notes: [string, string][] = [
      ['aB3 aB3-', ''],
      ['aB3 aB3 ', 'passwordRules.outerSpace'],
      ['aB3 aB\u200b3-', 'fields.newPassword.unseen'],
    ]
    for (const [password, note] of notes) {
      await page.locator('[name=password]').fill(password)
      await expect(page.locator('#password-rules ~ .news')).toHaveText(note && say(locale, note))
    }
  })
})

test('a password is shown on demand, and hidden again by sending it and by coming back', async ({ page }) => {
  await page.goto('/fr/login')
  const reveal = page.getByRole('button', { name: 'Afficher Mot de passe*' })
  const spoken = page.locator('#password-reveal + [role=status]')
  await page.locator('[name=password]').fill('Un secret')
  await reveal.click()
  await expectShown(page, true)
  await expect(spoken).toHaveText(say('fr', 'kit.shown'))
  await page.getByRole('button', { name: 'Masquer Mot de passe*' }).click()
  await expectShown(page, false)
  await expect(spoken).toHaveText(say('fr', 'kit.hidden'))

  await reveal.click()
  await submit(page)
  await expectShown(page, false)
  await expect(spoken).toBeEmpty()
  await expect(page.locator('main').getByRole('alert')).toBeVisible()

  await reveal.click()
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expectShown(page, false)

  await reveal.click()
  await pickLanguage(page, 'English')
  await expect(page).toHaveURL('/en/login')
  await page.goBack()
  await expect(page).toHaveURL('/fr/login')
  await expectShown(page, false)
})

test('a password field says that Caps Lock is on, as long as it is', async ({ page }) => {
  await page.goto('/fr/login')
  const field = page.locator('[name=password]')
  const press = (capsLock: boolean) =>
    field.evaluate((element, modifierCapsLock) => {
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock, bubbles: true }))
    }, capsLock)
  await page.locator('#password-reveal').waitFor()
  await press(true)
  await expect(page.getByRole('status').filter({ hasText: say('fr', 'kit.capsLock') })).toBeVisible()
  await press(false)
  await expect(page.getByText(say('fr', 'kit.capsLock'))).toHaveCount(0)
  await field.focus()
  await press(true)
  await expect(page.getByText(say('fr', 'kit.capsLock'))).toBeVisible()
  await field.blur()
  await expect(page.getByText(say('fr', 'kit.capsLock'))).toHaveCount(0)
})

test('where the judge of a new password does not come, no rule says to be unmet', async ({
  page,
  console: complaints,
}) => {
  await page.goto('/fr/signup')
  await page.locator('#password-reveal').waitFor()
  await page.route('**/*.js*', (route) => route.abort())
  const lost = page.waitForEvent('requestfailed')
  await page.locator('[name=password]').fill('Str0ng, surely')
  await lost
  await expect(page.locator('#password-rules')).not.toContainText(say('fr', 'passwordRules.unmet'))
  expect(complaints.splice(0).filter((text) => !/Failed to load resource/.test(text))).toEqual([])
})

async function expectShown(page: Page, shown: boolean): Promise<void> {
  await expect(page.locator('[name=password]')).toHaveAttribute('type', shown ? 'text' : 'password')
}
