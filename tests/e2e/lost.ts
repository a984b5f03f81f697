import type { Page } from '@playwright/test'

/** What somebody would lose of a page as it is laid out now: text beyond its edge, cut off, or under other text. */
export function lostOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const lost = scrollWidth > clientWidth ? [`the page scrolls sideways by ${scrollWidth - clientWidth} px`] : []
    const lines: { text: string; box: DOMRect; holder: Element }[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const holder = texts.currentNode.parentElement
      const text = texts.currentNode.textContent?.trim() ?? ''
      if (!holder || !text || holder.closest('script, style, option, .visually-hidden, .skip-link')) continue
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
