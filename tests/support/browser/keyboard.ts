import { expect, type Locator, type Page } from '@playwright/test'

type Stop = Awaited<ReturnType<typeof stopOf>>

/** Presses Tab until the target has the focus. At every stop on the way the focus shows, and has gone on in reading order. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  let last: Stop | undefined
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const stop = await stopOf(page)
    expect(stop, stop.what).toMatchObject({ isOutlined: true, isInView: true, isCovered: false })
    if (last) expect(follows(stop, last), `${stop.what} after ${last.what}`).toBe(true)
    last = stop
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('forty times Tab did not lead there')
}

/** Fills fields one after another as the keyboard leads to them. */
export async function typeInto(page: Page, texts: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    const field = page.locator(`[name=${name}]`)
    await tabTo(field)
    const isList = await field.evaluate((element) => element.matches('select'))
    // The keyboard of these tests has Latin letters only.
    if (isList && !/^[\w ]+$/.test(text)) await stepTo(field, text)
    else await page.keyboard.type(text)
  }
}

/** Steps through a list to an option. */
async function stepTo(list: Locator, text: string): Promise<void> {
  const chosen = () => list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text)
  for (let steps = 0; steps < 300 && (await chosen()) !== text; steps += 1)
    await list.page().keyboard.press('ArrowDown')
  expect(await chosen()).toBe(text)
}

/** Goes to a button or a link by its name and presses it. */
export async function press(page: Page, role: 'button' | 'link', name: string): Promise<void> {
  await tabTo(page.locator('main').getByRole(role, { name, exact: true }))
  await page.keyboard.press('Enter')
}

/** Later in the document, and further down or on the same line further on. */
function follows(next: Stop, last: Stop): boolean {
  const isSameLine = next.top < last.bottom && last.top < next.bottom
  const isFurtherOn = last.isRightToLeft ? next.right <= last.right : next.left >= last.left
  return next.place > last.place && (isSameLine ? isFurtherOn : next.top >= last.bottom)
}

function stopOf(page: Page) {
  return page.evaluate(async () => {
    // What has the focus is brought into view with the next picture.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const element = document.activeElement ?? document.body
    const [line = element.getBoundingClientRect()] = element.getClientRects()
    const { left, right, top, bottom, width, height } = line
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const seen = document.elementFromPoint(left + width / 2, top + height / 2)
    return {
      what: element.outerHTML.slice(0, 80),
      place: [...document.querySelectorAll('*')].indexOf(element),
      isRightToLeft: document.documentElement.dir === 'rtl',
      isOutlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      isInView: top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth,
      isCovered: !(seen && element.contains(seen)),
      left: left + scrollX,
      right: right + scrollX,
      top: top + scrollY,
      bottom: bottom + scrollY,
    }
  })
}
