import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { submit, test } from '@/tests/e2e/fixtures'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const states: Record<string, (page: Page, locale: string) => Promise<void>> = {
  login: (page, locale) => open(page, `/${locale}/login`),
  'login refused': async (page, locale) => {
    await open(page, `/${locale}/login`)
    await page.locator('[name=identifier]').fill('nobody@example.org')
    await page.locator('[name=password]').fill('Wr0ng one, surely')
    await submit(page)
    await page.locator('main').getByRole('alert').waitFor()
  },
  signup: (page, locale) => open(page, `/${locale}/signup`),
  'signup refused': (page, locale) => refused(page, `/${locale}/signup`),
  'signup sent': (page, locale) => open(page, `/${locale}/signup/sent`),
  'forgot-password': (page, locale) => open(page, `/${locale}/forgot-password`),
  'forgot-password refused': (page, locale) => refused(page, `/${locale}/forgot-password`),
  'forgot-password sent': (page, locale) => open(page, `/${locale}/forgot-password/sent`),
  'reset link problem': (page, locale) => open(page, `/${locale}/reset-password`),
  'reset done': (page, locale) => open(page, `/${locale}/reset-password/done`),
  'confirmation link problem': (page, locale) => open(page, `/${locale}/verify-email`),
  'confirmation done': (page, locale) => open(page, `/${locale}/verify-email/done`),
}

// Two that read from the left, one from the right.
for (const locale of locales.filter((one) => ['fr', 'en', 'ar'].includes(one))) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(() => {
      test.use({ colorScheme, viewport: { width: 360, height: 740 } })

      test(`no page in ${locale}, ${colorScheme}, has a barrier that axe can find, nor scrolls sideways`, async ({
        page,
      }) => {
        test.slow()
        for (const [state, reach] of Object.entries(states)) {
          await reach(page, locale)
          expect.soft(await barriers(page), state).toEqual([])
          await page.setViewportSize({ width: 320, height: 740 })
          expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(320)
          await page.setViewportSize({ width: 360, height: 740 })
        }
      })
    })
  }
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
}

async function refused(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await submit(page)
  await page.locator('main').getByRole('alert').waitFor()
}

/** What axe finds, with the stricter contrast of WCAG's level AAA. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({ runOnly: tags, rules: { 'color-contrast-enhanced': { enabled: true } } })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  }, rules)
}
