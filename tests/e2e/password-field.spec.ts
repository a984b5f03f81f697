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
    await expect(page.locator('[name=password]')).toHaveAttribute('aria-describedby', /(^| )password-rules( |$)/)
    if (!scripts) return expect(page.locator('#password-reveal')).toBeHidden()

    const [met, unmet] = [say(locale, 'passwordRules.met'), say(locale, 'passwordRules.unmet')]
    const typed: [string, string[]][] = [
      ['', []],
      ['a', ['missing_lower']],
      ['aB', ['missing_lower', 'missing_upper']],
      ['aB3', ['missing_lower', 'missing_upper', 'missing_digit']],
      ['aB3 ', ['missing_lower', 'missing_upper', 'missing_digit', 'missing_special']],
      ['aB3 aB3 ', rules],
      ['é', ['missing_lower']],
      ['12345678', ['too_short', 'missing_digit']],
    ]
    for (const [password, kept] of typed) {
      await page.locator('[name=password]').fill(password)
      await expect(list).toContainText(rules.map((rule) => (kept.includes(rule) ? met : unmet)))
    }
  })
})

test('a password is shown on demand, and hidden again by sending it and by coming back', async ({ page }) => {
  await page.goto('/fr/login')
  const reveal = page.getByRole('button', { name: 'Afficher Mot de passe*' })
  await page.locator('[name=password]').fill('Un secret')
  await reveal.click()
  await expectShown(page, true)
  await expect(page.locator('main').getByRole('status')).toHaveText(say('fr', 'kit.shown'))
  await page.getByRole('button', { name: 'Masquer Mot de passe*' }).click()
  await expectShown(page, false)
  await expect(page.locator('main').getByRole('status')).toHaveText(say('fr', 'kit.hidden'))

  await reveal.click()
  await submit(page)
  await expectShown(page, false)
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

async function expectShown(page: Page, shown: boolean): Promise<void> {
  await expect(page.locator('[name=password]')).toHaveAttribute('type', shown ? 'text' : 'password')
}
