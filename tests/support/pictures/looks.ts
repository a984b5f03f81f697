import type { CDPSession, Page } from '@playwright/test'

export type PageLook = { width: number; scheme: 'light' | 'dark' }

export const looks: PageLook[] = [360, 768, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
)

/** Approved pictures are a third as wide as their pages. */
export const third = { scale: 1 / 3, quality: 20 }
/** For people to look at. */
export const whole = { scale: 1, quality: 50 }

/** Shows a page so, with the images of that look. */
export async function putOn(page: Page, { width, scheme }: PageLook): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme: scheme })
  await page.waitForFunction(() =>
    [...document.images].every((image) => {
      const sources = [...(image.closest('picture')?.querySelectorAll('source') ?? [])]
      const wanted = sources.find(({ media }) => matchMedia(media).matches)?.srcset ?? image.src
      return image.complete && image.currentSrc === new URL(wanted, location.href).href
    }),
  )
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())))
  // What stays in sight stands where the page begins.
  await page.evaluate(() => scrollTo(0, 0))
}

/** Takes the whole page as it stands, as WebP. */
export async function take(browser: CDPSession, { scale, quality }: typeof third): Promise<Buffer> {
  const { cssContentSize } = await browser.send('Page.getLayoutMetrics')
  const clip = { ...cssContentSize, scale }
  const { data } = await browser.send('Page.captureScreenshot', {
    format: 'webp',
    quality,
    clip,
    captureBeyondViewport: true,
  })
  return Buffer.from(data, 'base64')
}
