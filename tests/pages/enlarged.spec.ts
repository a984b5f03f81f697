import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/e2e/fixtures'
import { lostOf } from '@/tests/e2e/lost'
import { everyState, expectOnlyFailures } from '@/tests/e2e/states'

/** Ways in which people have text larger, and how many of the page's own pixels are left to show it in. */
const ways: Record<string, { width: number; height: number; look?: Look }> = {
  'text of 200 %': { width: 1280, height: 740, look: { textPercent: 200 } },
  'text of 200 % on a telephone': { width: 412, height: 740, look: { textPercent: 200 } },
  'a zoom of 400 % in a window of 1280 by 1024': { width: 320, height: 256 },
  'wide spacing': { width: 1280, height: 740, look: { spacing: true } },
  'wide spacing on a telephone': { width: 360, height: 740, look: { spacing: true } },
}
type Look = { textPercent?: number; spacing?: boolean }

// The source, the language with the longest words, and one that reads from the right.
for (const locale of locales.filter((one) => ['fr', 'de', 'ar'].includes(one)))
  for (const [whose, states] of Object.entries(everyState))
    test(`nothing of a page ${whose} is lost in larger text, zoom or wider spacing, in ${locale}`, async ({
      page,
      service,
      console: complaints,
    }) => {
      test.setTimeout(300_000)
      const show = await looks(page)
      for await (const [name, state] of states({ page, service, locale })) {
        for (const [way, { width, height, look = {} }] of Object.entries(ways)) {
          await page.setViewportSize({ width, height })
          await show(look)
          expect.soft(await lostOf(page), `${name}, ${state}, ${way}`).toEqual([])
        }
        await show({})
      }
      expectOnlyFailures(complaints)
    })

/** As a person sets it: the browser's own size of text, and the spacing of WCAG's criterion 1.4.12 over the page's. */
async function looks(page: Page): Promise<(look: Look) => Promise<void>> {
  const browser = await page.context().newCDPSession(page)
  const spaced = 'line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important'
  const spacedSheet = `* { ${spaced} } p { margin-block-end: 2em !important }`
  return async ({ textPercent = 100, spacing = false }) => {
    const standard = (16 * textPercent) / 100
    await browser.send('Page.setFontSizes', { fontSizes: { standard, fixed: 13 } })
    await expect(page.locator('html')).toHaveCSS('font-size', `${standard}px`)
    await page.evaluate(
      (css) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        document.adoptedStyleSheets = [sheet]
      },
      spacing ? spacedSheet : '',
    )
  }
}
