import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { barriers } from '@/tests/support/checks/barriers'
import { enlargements, enlarger, lostText } from '@/tests/support/checks/enlarged'
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

// The source, the language with the longest words, and one that reads from the right.
const languages = locales.filter((one) => ['fr', 'de', 'ar'].includes(one))

for (const [group, [whose, states]] of Object.entries(everyState).entries())
  for (const locale of sampleOf(languages, group))
    test(`no page ${whose} has a barrier that axe can find, faulty HTML when scripts have run, or text lost in any width, size or spacing, in ${locale}`, async ({
      page,
      service,
      console: complaints,
    }) => {
      test.setTimeout(300_000)
      const enlarge = await enlarger(page)
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
        await page.emulateMedia(colours.light)
        for (const [way, { width, height, look = {} }] of sampleOf(Object.entries(enlargements), turn)) {
          await page.setViewportSize({ width, height })
          await enlarge(look)
          expect.soft(await lostText(page), `${name}, ${state}, ${way}`).toEqual([])
        }
        await enlarge({})
        turn += 1
      }
      expectOnlyFailures(complaints)
    })

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
