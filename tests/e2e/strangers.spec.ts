import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'

const person = newPerson({ email: 'no address', firstName: 'Éloïse', country: 'BE', organizationType: 'association' })
const identity = ['email', 'firstName', 'lastName', 'country', 'organizationType'] as const
const forms = { 'forgot-password': identity, signup: [...identity, 'password'] } as const

for (const [path, fields] of Object.entries(forms))
  test(`strangers' elements at random places and moments take nothing that was typed from ${path}`, async ({
    page,
    console: complaints,
  }) => {
    await page.addInitScript(meddler)
    for (let seed = 1; seed <= 6; seed += 1) {
      const letGo = await holdScripts(page)
      await page.goto(`/fr/${path}`, { waitUntil: 'commit' })
      await page.locator('main form button[type=submit]').waitFor()
      // A third of what people type is there before scripts are, a third as they start.
      const [before, during, after] = [0, 1, 2].map((third) => fields.filter((_, index) => index % 3 === third))
      await meddle(page, seed, 6)
      await fill(page, before)
      const meddling = page.evaluate((start) => window.meddleFor(start, 40), seed + 100)
      letGo()
      await fill(page, during)
      await meddling
      await hydrated(page)
      await meddle(page, seed + 200, 10)
      await fill(page, after)
      await submit(page)
      await expect(page.locator('#email-errors'), `seed ${seed}`).toBeVisible()
      await expect(page.locator('main form').getByRole('alert'), `seed ${seed}`).toHaveCount(1)
      await meddle(page, seed + 300, 10)
      await submit(page)
      await expect(page.locator('main form').getByRole('alert')).toBeFocused()
      for (const field of fields)
        await expect(page.locator(`#${field}`), `${field}, seed ${seed}`).toHaveValue(person[field])
    }
    expect(complaints.splice(0).filter((text) => !/Minified React error #418/.test(text))).toEqual([])
  })

async function fill(page: Page, fields: readonly (keyof typeof person)[] = []): Promise<void> {
  for (const field of fields) {
    const control = page.locator(`#${field}`)
    if (/country|organizationType/.test(field)) await control.selectOption(person[field])
    else await control.fill(person[field])
  }
}

/** Scripts wait until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  let letGo = () => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.unroute('**/*.js*')
  await page.route('**/*.js*', async (route) => {
    await released
    await route.continue()
  })
  return letGo
}

function hydrated(page: Page): Promise<unknown> {
  const isTaken = () => Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__react'))
  return page.waitForFunction(isTaken)
}

function meddle(page: Page, seed: number, times: number): Promise<void> {
  return page.evaluate(([start, count]) => window.meddleFor(start, count), [seed, times] as const)
}

declare global {
  interface Window {
    meddleFor: (seed: number, times: number) => Promise<void>
  }
}

/** Puts elements beside and around what is there, and takes its own away again, as extensions and translators do. */
function meddler(): void {
  window.meddleFor = async (seed, times) => {
    let state = seed
    const draw = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648
      return Math.floor((state / 2147483648) * below)
    }
    const isMarked = (node: Node | null) => node instanceof Element && node.hasAttribute('data-stranger')
    const make = () => {
      const stranger = document.createElement(['span', 'div', 'font', 'input', 'button'][draw(5)] ?? 'i')
      stranger.setAttribute('data-stranger', '')
      if (stranger instanceof HTMLButtonElement) stranger.type = 'button'
      return stranger
    }
    const nodesIn = (part: Element): Node[] =>
      [...part.childNodes].flatMap((node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent?.trim() ? [node] : []
        if (!(node instanceof Element) || /^(script|style|svg|template)$/i.test(node.tagName)) return []
        return node instanceof HTMLSelectElement ? [node] : [node, ...nodesIn(node)]
      })
    for (let turn = 0; turn < times; turn += 1) {
      const nodes = nodesIn(document.body)
      const node = nodes[draw(nodes.length)]
      if (!node?.parentNode) continue
      const kind = draw(4)
      if (kind === 0) node.parentNode.insertBefore(make(), node)
      else if (kind === 1) node.parentNode.insertBefore(make(), node.nextSibling)
      else if (kind === 2) {
        const wrapper = document.createElement(node.nodeType === Node.TEXT_NODE ? 'font' : 'div')
        wrapper.setAttribute('data-wrapper', '')
        node.parentNode.insertBefore(wrapper, node)
        wrapper.append(node)
      } else if (isMarked(node)) (node as Element).remove()
      if (turn % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
