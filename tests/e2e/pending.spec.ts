import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { say } from '@/tests/support/words'

test('a form on its way says so, also to whoever cannot see it, and leaves the focus where it is', async ({ page }) => {
  await page.goto('/fr/login')
  const sent = new Promise<() => Promise<void>>((resolve) =>
    page.route('**', (route) => {
      const goOn = () => route.continue()
      return route.request().method() === 'POST' ? resolve(goOn) : goOn()
    }),
  )
  const button = page.getByRole('button', { name: say('fr', 'login.submit') })
  await page.locator('[name=password]').press('Enter')
  const goOn = await sent
  const waiting = page.getByRole('button', { name: say('fr', 'kit.pending') })
  await expect(waiting).toHaveAttribute('aria-disabled', 'true')
  const news = page.locator('main form button[type=submit] + [role=status]')
  await expect(news).toHaveText(say('fr', 'kit.pending'))
  expect(await waiting.evaluate((element) => element.ariaLive)).toBeNull()
  await expect(page.locator('[name=password]')).toBeFocused()
  await goOn()
  await expect(page.locator('main').getByRole('alert')).toBeFocused()
  await expect(button).not.toHaveAttribute('aria-disabled')
  await expect(news).toBeEmpty()
})
