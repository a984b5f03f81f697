import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { barriers } from '@/tests/support/checks/barriers'
import { digestOf, takePicture } from '@/tests/support/checks/page-pictures'

type Look = {
  locale?: string
  colorScheme?: 'light' | 'dark'
  forcedColors?: 'active' | 'none'
  textPercent?: number
}

const looks: Record<string, Look> = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  arabic: { locale: 'ar' },
  large: { textPercent: 200 },
}
const folder = 'tests/pages/components'

for (const [name, { locale = 'fr', colorScheme = 'light', forcedColors = 'none', textPercent = 100 }] of Object.entries(
  looks,
))
  test(`every component looks as in its approved picture, ${name}, and has no barrier`, async ({ page }, {
    config,
  }) => {
    const file = `${folder}/${name}`
    await page.setViewportSize({ width: 768, height: 900 })
    const browser = await page.context().newCDPSession(page)
    const userAgent = await page.evaluate(() => navigator.userAgent)
    await browser.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: locale })
    await browser.send('Page.setFontSizes', { fontSizes: { standard: (16 * textPercent) / 100, fixed: 13 } })
    await page.goto('/dev/components')
    await page.locator('#newPassword-reveal').waitFor()
    await page.emulateMedia({ forcedColors })
    const digest = await digestOf(page)
    await page.emulateMedia({ colorScheme })
    expect(await barriers(page)).toEqual([])
    if (config.updateSnapshots === 'all') {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${file}.webp`, (await takePicture(page, colorScheme)).bytes)
      writeFileSync(`${file}.txt`, `${digest}\n`)
    }
    const approved = readFileSync(`${file}.txt`, 'utf8').trim()
    expect(digest, 'look at the new pictures of npm run components:pictures, and keep them if they are right').toBe(
      approved,
    )
  })

test('where colours are forced, what is pressed first does not look like the rest', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/dev/components')
  const papers = await page
    .locator('main section')
    .first()
    .locator('a')
    .evaluateAll((links) => links.map((link) => getComputedStyle(link).backgroundColor))
  expect(papers[0]).not.toBe(papers[1])
})

test('deployed, the page of the components does not exist', async ({ deployed }) => {
  const answer = await fetch(`${deployed.url}/dev/components`)
  expect(answer.status).toBe(404)
})
