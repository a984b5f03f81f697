import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { hydrated, logIn, submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'
import { say } from '@/tests/support/words'

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

const ownFields: Record<string, (page: Page) => Promise<unknown>> = {
  'hidden ones of the same id before all others': (page) =>
    page.evaluate(() => {
      for (const id of ['password', 'identifier', 'locale']) {
        const stranger = Object.assign(document.createElement('input'), { type: 'hidden', id, value: 'stranger' })
        document.body.prepend(stranger)
      }
    }),
  'a form of the same ids, names and class before it': (page) =>
    page.evaluate(() => {
      const form = document.createElement('form')
      form.className = 'form'
      for (const name of ['password', 'identifier', 'locale'])
        form.append(
          Object.assign(document.createElement('input'), { id: name, name, className: 'control', value: 'x' }),
        )
      document.querySelector('main')?.prepend(form)
    }),
  'ones of the same name within it, first and last': (page) =>
    page.evaluate(() => {
      for (const name of ['password', 'identifier', 'locale'])
        for (const place of ['afterbegin', 'beforeend'] as const)
          document
            .querySelector('main form')
            ?.insertAdjacentElement(
              place,
              Object.assign(document.createElement('input'), { name, id: name, value: 'x' }),
            )
    }),
  'its own fields under other names, one of them outside': (page) =>
    page.evaluate(() => {
      const [identifier, password] = document.querySelectorAll<HTMLInputElement>('main form .control')
      if (!identifier || !password) return
      Object.assign(identifier, { id: 'moved', name: 'moved', type: 'search' })
      document.body.append(password)
      password.removeAttribute('class')
    }),
}

for (const [strangers, meddle] of Object.entries(ownFields))
  test(`a form sends what was typed into its own fields, beside ${strangers}`, async ({ page, service }) => {
    const person = await joinRaw(service)
    await page.goto('/fr/login')
    await hydrated(page)
    await page.locator('[name=identifier]').fill(person.email)
    await page.locator('[name=password]').fill('Wr0ng, surely')
    await meddle(page)
    await page.locator('main form button[type=submit]').last().click()
    await expect(page.locator('main form').getByRole('alert')).toContainText(say('fr', 'formCodes.invalid_credentials'))
    const password = page.locator('[autocomplete=current-password]')
    await expect(password).toHaveValue('')
    await password.fill(person.password)
    await page.locator('main form button[type=submit]').last().click()
    await expect(page).toHaveURL('/fr/account')
  })

test('a button sends what it was drawn with, whatever stands in its form', async ({ page, browser, service }) => {
  const person = await joinRaw(service)
  await logIn(page, 'fr', person)
  await logIn(await browser.newPage(), 'fr', person)
  await page.reload()
  await hydrated(page)
  await page.evaluate(() => {
    for (const form of document.querySelectorAll('main [data-browser] form'))
      form.append(Object.assign(document.createElement('input'), { name: 'session', value: 'stranger' }))
  })
  await page.locator('main [data-browser] form button').click()
  await expect(page).toHaveURL('/fr/account/end-session/done')
  await page.goto('/fr/account')
  await expect(page.locator('main [data-browser]')).toHaveCount(1)
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
        try {
          wrapper.append(node)
        } catch (error) {
          // To move what has the focus takes it away, and whoever hears of that may have moved it too.
          if ((error as Error).name !== 'NotFoundError') throw error
        }
      } else if (isMarked(node)) (node as Element).remove()
      if (turn % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
