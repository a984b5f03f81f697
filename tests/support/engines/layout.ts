import type { Tab } from '@/tests/support/engines/tab'

type Box = { what: string; left: number; top: number; width: number; height: number }

/** Where a page has what people read first and work with, and how wide it is. */
export type Layout = { inner: number; scrolled: number; boxes: Box[] }

/** How far from Chromium’s something may lie: native lists differ a little, and a text may break into one line more. */
const tolerance = { left: 12, width: 12, height: 32, distance: 32 }

const seen = 'h1, h2, a, button, summary, select, input:not([type=hidden]), [role=alert], main p'

export function readLayout(tab: Tab): Promise<Layout> {
  return tab.read(`(() => {
    const boxes = [...document.querySelectorAll(${JSON.stringify(seen)})].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const what = [element.localName, element.id || element.name || element.getAttribute('href')?.replace(/[?#].*|[\\w-]{43}/, '') || ''].join(' ').trim()
      return { what, left, top: top + scrollY, width, height, shown: element.checkVisibility() && width > 1 && height > 1 }
    })
    return {
      inner: innerWidth,
      scrolled: document.documentElement.scrollWidth,
      boxes: boxes.filter(({ shown }) => shown).map(({ shown, ...box }) => box),
    }
  })()`)
}

/** What is broken in a layout, measured by that of another engine: nothing if it only differs as fonts do. */
export function layoutFaults(layout: Layout, reference: Layout): string[] {
  const faults: string[] = []
  if (layout.scrolled > layout.inner) faults.push(`it scrolls sideways: ${layout.scrolled} of ${layout.inner}`)
  const names = layout.boxes.map(({ what }) => what).join('\n')
  const expected = reference.boxes.map(({ what }) => what).join('\n')
  if (names !== expected) return [...faults, `other things are to be seen:\n${names}\n--\n${expected}`]
  for (const [index, box] of layout.boxes.entries()) {
    const model = reference.boxes[index] as Box
    for (const side of ['left', 'width', 'height'] as const)
      if (Math.abs(box[side] - model[side]) > tolerance[side])
        faults.push(`${box.what}: ${side} ${Math.round(box[side])}, not ${Math.round(model[side])}`)
    const distance = box.top - (layout.boxes[index - 1]?.top ?? 0)
    const modelDistance = model.top - (reference.boxes[index - 1]?.top ?? 0)
    if (Math.abs(distance - modelDistance) > tolerance.distance)
      faults.push(`${box.what}: ${Math.round(distance)} below what is before, not ${Math.round(modelDistance)}`)
  }
  return [...faults, ...difference(overlaps(layout), overlaps(reference))]
}

/** Pairs that cover each other though none is in the other's place by intent, which is so in every engine. */
function overlaps({ boxes }: Layout): string[] {
  const covers = (a: Box, b: Box) =>
    a.left + a.width > b.left + 1 &&
    b.left + b.width > a.left + 1 &&
    a.top + a.height > b.top + 1 &&
    b.top + b.height > a.top + 1
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b) => (covers(a, b) ? [`${a.what} covers ${b.what}`] : [])),
  )
}

function difference(found: string[], known: string[]): string[] {
  return found.filter((one) => !known.includes(one))
}
