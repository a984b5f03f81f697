import { expect, type Page } from '@playwright/test'

/** Ways in which people have text larger, and how many of the page's own pixels are left to show it in. */
export const enlargements: Record<string, { width: number; height: number; look?: Look }> = {
  'text of 200 %': { width: 1280, height: 740, look: { textPercent: 200 } },
  'text of 200 % on a telephone': { width: 412, height: 740, look: { textPercent: 200 } },
  'a zoom of 400 % in a window of 1280 by 1024': { width: 320, height: 256 },
  'wide spacing': { width: 1280, height: 740, look: { spacing: true } },
  'wide spacing on a telephone': { width: 360, height: 740, look: { spacing: true } },
}
type Look = { textPercent?: number; spacing?: boolean }

/** As a person sets it: the browser's own size of text, and the spacing of WCAG's criterion 1.4.12 over the page's. */
export async function enlarger(page: Page): Promise<(look: Look) => Promise<void>> {
  const browser = await page.context().newCDPSession(page)
  const spaced = 'line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important'
  const spacedSheet = `* { ${spaced} } p { margin-block-end: 2em !important }`
  return async ({ textPercent = 100, spacing = false }) => {
    const standard = (16 * textPercent) / 100
    await browser.send('Page.setFontSizes', { fontSizes: { standard, fixed: 13 } })
    await expect(page.locator('html')).toHaveCSS('font-size', `${standard}px`)
    await page.evaluate(
      (css) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        document.adoptedStyleSheets = [sheet]
      },
      spacing ? spacedSheet : '',
    )
  }
}

/** What somebody would lose of a page as it is laid out now: text beyond its edge, cut off, or under other text. */
export function lostText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const lost = scrollWidth > clientWidth ? [`the page scrolls sideways by ${scrollWidth - clientWidth} px`] : []
    const lines: { text: string; box: DOMRect; holder: Element }[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const holder = texts.currentNode.parentElement
      const text = texts.currentNode.textContent?.trim() ?? ''
      if (!holder || !text || holder.closest('script, style, option')) continue
      // Said to screen readers alone, or hidden until it has the focus.
      if (getComputedStyle(holder).clipPath !== 'none') continue
      if (!holder.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue
      const range = document.createRange()
      range.selectNodeContents(texts.currentNode)
      for (const box of range.getClientRects()) if (box.width > 0) lines.push({ text: text.slice(0, 40), box, holder })
    }
    for (const { text, box, holder } of lines) {
      if (box.left < -1 || box.right > clientWidth + 1) lost.push(`beyond the edge: ${text}`)
      for (let around: Element | null = holder; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible' || around === document.documentElement) continue
        const { left, right, top, bottom } = around.getBoundingClientRect()
        if (box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1)
          lost.push(`cut off: ${text}`)
      }
    }
    for (const [index, one] of lines.entries())
      for (const other of lines.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        // The boxes of lines overlap a little; letters do not until a third of a line does.
        const isOver = across > 1 && down > Math.min(one.box.height, other.box.height) / 3
        if (isOver) lost.push(`one over the other: ${one.text} / ${other.text}`)
      }
    return lost
  })
}
