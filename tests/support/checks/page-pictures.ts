import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'

export const schemes = ['light', 'dark'] as const

/**
 * A digest of what a page says, how it is built, its colours and its measures: the same on every machine, for fonts have no
 * part in it. Choices of a closed list are left out but the chosen one, for nobody sees them.
 */
export async function digestOf(page: Page): Promise<string> {
  const spoken = (await page.locator('main').ariaSnapshot())
    .split('\n')
    .filter((line) => !/^\s*- option (?!.*\[selected\])/.test(line))
  const digest = createHash('sha256').update(spoken.join('\n'))
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    digest.update(JSON.stringify(await page.locator('main, main :not(option)').evaluateAll(looks)))
  }
  return digest.digest('base64url').slice(0, 16)
}

/** A picture of a page's content as it is shown to people who read light or dark, and its size. */
export async function takePicture(page: Page, colorScheme: (typeof schemes)[number]) {
  await page.emulateMedia({ colorScheme })
  const area = await page.locator('main').evaluate((main) => {
    const { x, y, width, height } = main.getBoundingClientRect()
    return { x: x + scrollX, y: y + scrollY, width, height: Math.round(height) }
  })
  const browser = await page.context().newCDPSession(page)
  const { data } = await browser.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 6,
    clip: { ...area, scale: 1 },
    captureBeyondViewport: true,
  })
  await browser.detach()
  return { bytes: Buffer.from(data, 'base64'), width: area.width, height: area.height }
}

function looks(elements: Element[]): string[][] {
  return elements.map((element) => {
    const style = getComputedStyle(element)
    const { display, color, backgroundColor, borderColor, borderWidth, borderRadius, padding, fontSize, fontWeight } =
      style
    return [display, color, backgroundColor, borderColor, borderWidth, borderRadius, padding, fontSize, fontWeight]
  })
}
