import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { barriers } from '@/tests/e2e/barriers'
import { chromiumOptions, findChromium } from '@/tests/support/chromium'
import { faintWhenInverted, inversions } from '@/tests/support/inverted'
import { sampleEnvelope, sampleLetters } from '@/tests/support/mail-samples'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ ...chromiumOptions, executablePath: await findChromium() })
}, 60_000)
afterAll(() => browser.close())

test.for(locales)(
  'the mails in %s have no barrier, light or dark, ask for nothing from afar, and can be read with their colours inverted',
  { timeout: 120_000 },
  async (locale) => {
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (const letter of sampleLetters) {
      await page.setContent((await composeMail(sampleEnvelope(letter, locale))).html)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const name = `${letter.template}, ${colorScheme}`
        expect(await barriers(page), name).toEqual([])
        for (const inversion of inversions)
          expect(await page.evaluate(faintWhenInverted, { inversion, least: 4.5 }), `${name}, ${inversion}`).toEqual([])
      }
    }
    expect(asked).toEqual([])
    await page.close()
  },
)
