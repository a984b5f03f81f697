import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'

/** The browser of the test asks for English. */
const places = [
  ['/fr/nowhere', 'fr'],
  ['/fr/account/nowhere', 'fr'],
  ['/ar/login/nowhere', 'ar'],
  ['/nowhere', 'en'],
  ['/api', 'en'],
  ['/api/nowhere', 'en'],
  ['/api/login', 'en'],
  ['/.well-known/help', 'en'],
  ['/dev', 'en'],
  ['/.well-known/nowhere', 'en'],
] as const

withAndWithoutScripts('fr', ({ name }) => {
  test(`what is nowhere says so, in the language of its address, and leads on, ${name}`, async ({ page, console }) => {
    for (const [path, locale] of places) {
      // The language of the place before is in a cookie.
      await page.context().clearCookies()
      const answer = await page.goto(path)
      expect.soft(answer?.status(), path).toBe(404)
      await expect.soft(page.locator('html'), path).toHaveAttribute('lang', locale)
      await expect.soft(page.getByRole('heading', { level: 1 }), path).toBeVisible()
      await expect.soft(page.locator('main a').first(), path).toHaveAttribute('href', `/${locale}/login`)
    }
    expect(console.splice(0).filter((line) => !line.includes('status of 404'))).toEqual([])
  })
})
