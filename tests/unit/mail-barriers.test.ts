import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'
import { barriers } from '@/tests/support/checks/barriers'
import { sampleIn, sampleLetters } from '@/tests/support/mail/samples'

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
      await page.setContent((await composeMail(sampleIn(letter, locale))).html)
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

/** Ways in which mail programs turn a light mail dark, or a dark one light, without asking its style sheet. */
const inversions = ['negative', 'negative of the same hue', 'mirrored lightness'] as const

/**
 * In a page: the texts whose contrast falls under `least` once its colours are inverted, and by what they would. Run in
 * the browser, so it refers to nothing outside.
 */
function faintWhenInverted({ inversion, least }: { inversion: (typeof inversions)[number]; least: number }) {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (!canvas) throw new Error('no canvas')
  const filters = { negative: 'invert(1)', 'negative of the same hue': 'invert(1) hue-rotate(180deg)' }

  const inverted = (colour: string) => {
    const mirrored = inversion === 'mirrored lightness'
    canvas.filter = mirrored ? 'none' : filters[inversion]
    canvas.fillStyle = mirrored ? `lab(from ${colour} calc(100 - l) a b)` : colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const luminance = (colour: string) =>
    inverted(colour)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : backgroundColor
  }

  const faint: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement
    if (!element?.checkVisibility() || !text.textContent?.trim()) continue
    const [darker = 0, lighter = 0] = [getComputedStyle(element).color, behind(element)].map(luminance).sort()
    const contrast = (lighter + 0.05) / (darker + 0.05)
    if (contrast < least) faint.push(`${contrast.toFixed(1)} ${text.textContent}`)
  }
  return faint
}
