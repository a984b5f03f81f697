import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'

/** Draws the icons of home screens from that of the window: their corners are cut by whoever shows them. */
const icons = { 'public/apple-touch-icon.png': 180, 'public/icons/192.png': 192, 'public/icons/512.png': 512 }

const svg = readFileSync('app/icon.svg', 'utf8').replace(' rx="7"', '')
const browser = await chromium.launch({ ...chromiumOptions, executablePath: await findChromium() })
for (const [file, size] of Object.entries(icons)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`)
  writeFileSync(file, await page.screenshot())
}
await browser.close()
