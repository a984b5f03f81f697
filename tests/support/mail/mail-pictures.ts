import { mkdir } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'
import { sampleIn, sampleLetters } from '@/tests/support/mail/samples'

// npm run mail:pictures [-- fr ar …]: every mail on a computer and on a phone, light and dark, into test-results/mails.
void takePictures(process.argv.slice(2))

async function takePictures(wanted: string[]): Promise<void> {
  const browser = await chromium.launch({ ...chromiumOptions, executablePath: await findChromium() })
  const page = await browser.newPage()
  await mkdir('test-results/mails', { recursive: true })
  for (const locale of locales.filter((each) => wanted.length === 0 || wanted.includes(each)))
    for (const letter of sampleLetters) {
      await page.setContent((await composeMail(sampleIn(letter, locale))).html)
      for (const width of [640, 360])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ width, height: 400 })
          await page.emulateMedia({ colorScheme })
          const path = `test-results/mails/${locale}-${letter.template}-${width}-${colorScheme}.png`
          await page.screenshot({ path, fullPage: true })
        }
    }
  await browser.close()
}
