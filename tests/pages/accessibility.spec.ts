import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { barriers } from '@/tests/e2e/barriers'
import { test } from '@/tests/e2e/fixtures'
import { faultsOf } from '@/tests/e2e/html-rules'
import { everyState, expectOnlyFailures } from '@/tests/e2e/states'
import { tally } from '@/tests/e2e/tally'

const colours = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const
const widths = [320, 1280]

// Two that read from the left, one from the right.
for (const locale of locales.filter((one) => ['fr', 'en', 'ar'].includes(one)))
  for (const [whose, states] of Object.entries(everyState))
    test(`no page ${whose} has a barrier that axe can find, in any colours or width, or faulty HTML when scripts have run, in ${locale}`, async ({
      page,
      service,
      console: complaints,
    }) => {
      test.setTimeout(300_000)
      const [countAxe, countHtml] = [tally('axe'), tally('html-validate, drawn')]
      for await (const [name, state] of states({ page, service, locale })) {
        const faults = await faultsOf(await page.content())
        countHtml(name, state, faults)
        expect.soft(faults, `${name}, ${state}`).toEqual([])
        for (const width of widths) {
          await page.setViewportSize({ width, height: 740 })
          for (const [colour, media] of Object.entries(colours)) {
            await page.emulateMedia(media)
            const found = await barriers(page, colour === 'light' ? 'everything' : 'colours')
            countAxe(name, state, found)
            expect.soft(found, `${name}, ${state}, ${colour}, ${width} px`).toEqual([])
          }
          expect.soft(await overflow(page), `${name}, ${state}, ${width} px`).toBe(0)
        }
      }
      expectOnlyFailures(complaints)
    })

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
