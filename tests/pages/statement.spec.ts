import { expect } from '@playwright/test'
import { audit } from '@/app/[locale]/accessibility/audit'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { servingPages } from '@/tests/support/states/serving-pages'
import { say } from '@/tests/support/words'

const contact = 'access@metamots.example'
test.use({ javaScriptEnabled: false })

test('every page leads at its foot to the guide and to the statement of accessibility', async ({ page, service }) => {
  const links = [
    { text: say('fr', 'help.title'), href: '/fr/help' },
    { text: say('fr', 'accessibility.mention'), href: '/fr/accessibility' },
  ]
  for await (const path of servingPages(page, service)) {
    await page.goto(`/fr/${path}`)
    const found = page.getByRole('contentinfo').getByRole('link')
    await expect(found, path).toHaveText(links.map(({ text }) => text))
    for (const [index, { href }] of links.entries()) await expect(found.nth(index), path).toHaveAttribute('href', href)
  }
})

test('the statement gives its figures, whom to tell of a barrier, and whom to turn to', async ({ page }) => {
  const figures = [audit.conform, audit.notApplicable, audit.notConform].map(String)
  for (const locale of locales) {
    await page.goto(`/${locale}/login`)
    await page.getByRole('link', { name: say(locale, 'accessibility.mention') }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(locale, 'accessibility.title'))
    await expect(page.locator('main dd')).toHaveText(figures)
    await expect(page.locator('main')).toContainText('RGAA')
    await expect(page.locator('main')).toContainText('2026')
    await expect(page.getByRole('link', { name: contact })).toHaveAttribute('href', `mailto:${contact}`)
    await expect(page.locator('main a[hreflang=fr]')).toHaveCount(2)
  }
})
