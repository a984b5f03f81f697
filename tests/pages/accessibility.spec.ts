import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { barriers } from '@/tests/support/checks/barriers'
import { htmlFaults } from '@/tests/support/checks/html-faults'
import { tally } from '@/tests/support/checks/tally'
import { sampleOf } from '@/tests/support/sample'
import { everyState, expectOnlyFailures } from '@/tests/support/states/states'

const colours = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const
const looks = [320, 1280].flatMap((width) =>
  Object.entries(colours).map(([colour, media]) => ({ width, colour, media })),
)

// Two that read from the left, one from the right.
const languages = locales.filter((one) => ['fr', 'en', 'ar'].includes(one))

for (const [group, [whose, states]] of Object.entries(everyState).entries())
  for (const locale of sampleOf(languages, group))
    test(`no page ${whose} has a barrier that axe can find, in any colours or width, or faulty HTML when scripts have run, in ${locale}`, async ({
      page,
      service,
      console: complaints,
    }) => {
      test.setTimeout(300_000)
      const [countAxe, countHtml] = [tally('axe'), tally('html-validate, drawn')]
      let turn = group
      for await (const [name, state] of states({ page, service, locale })) {
        const faults = await htmlFaults(await page.content())
        countHtml(name, state, faults)
        expect.soft(faults, `${name}, ${state}`).toEqual([])
        const chosen = sampleOf(looks, turn)
        for (const { width, colour, media } of chosen) {
          await page.setViewportSize({ width, height: 740 })
          await page.emulateMedia(media)
          const found = await barriers(page, colour === 'light' || chosen.length === 1 ? 'everything' : 'colours')
          countAxe(name, state, found)
          expect.soft(found, `${name}, ${state}, ${colour}, ${width} px`).toEqual([])
          expect.soft(await overflow(page), `${name}, ${state}, ${width} px`).toBe(0)
        }
        turn += 1
      }
      expectOnlyFailures(complaints)
    })

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
