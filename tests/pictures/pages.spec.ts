import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { openAlbum } from '@/tests/support/pictures/album'
import { compare } from '@/tests/support/pictures/compare'
import { looks, putOn, take, third } from '@/tests/support/pictures/looks'
import { makeSteady } from '@/tests/support/pictures/steady'
import { sampleOf } from '@/tests/support/sample'
import { everyState, expectOnlyFailures } from '@/tests/support/states/states'

test.describe.configure({ timeout: 900_000 })

/** Ends of a link that are told like others, in another sentence. */
const alike = ['password_changed', 'address_changed', 'account_closing', 'too_many_attempts', 'replaced']

const inArabic = {
  'of a visitor': 'login, empty',
  'of a link': 'reset-password, live',
  'of a member': 'account, without a user name',
} as const

for (const [group, [whose, states]] of Object.entries(everyState).entries())
  test(`every page ${whose} looks as in its approved pictures`, async ({
    page,
    service,
    console: complaints,
  }, info) => {
    const album = await openAlbum(page, info, whose)
    let turn = group
    for await (const [name, state] of states({ page, service, locale: 'fr' })) {
      if (alike.includes(state)) continue
      await album.add(`${name}, ${state}`, sampleOf(looks, turn))
      turn += 1
    }
    await album.close()
    expectOnlyFailures(complaints)
  })

test('pages in Arabic look as in their approved pictures', async ({ page, service }, info) => {
  const album = await openAlbum(page, info, 'in Arabic')
  for (const [whose, wanted] of Object.entries(inArabic))
    for await (const [name, state] of everyState[whose as keyof typeof inArabic]({ page, service, locale: 'ar' })) {
      if (`${name}, ${state}` !== wanted) continue
      await album.add(wanted, sampleOf(looks, wanted.length))
      break
    }
  await album.close()
})

/** What changes the face of a page, by the page. */
const changes: Record<string, Record<string, string>> = {
  login: {
    'another colour of the main button': ':root { --color-sun: #ffb000 }',
    'a gap of 8 pixels more': 'main form label { margin-bottom: 8px }',
  },
  'signup/sent': {
    'another colour of all text': ':root { --color-ink: #0050a0 !important }',
    'a drawing that is gone': 'main svg { visibility: hidden }',
    'a gap of 8 pixels more': 'main h1 { margin-bottom: 8px }',
    'a line of text that is gone': 'main p:last-of-type { visibility: hidden }',
    'a line of text that is gone with its place': 'main p:last-of-type { display: none }',
  },
}

test('a change of face is seen in each look, and letters drawn a little bolder are none', async ({ page }) => {
  const devtools = await page.context().newCDPSession(page)
  const blank = await page.context().newPage()
  const takeWith = async (css: string) => {
    const undo = await wear(page, css)
    const taken = await take(devtools, third)
    await undo()
    return taken
  }
  for (const [path, ways] of Object.entries(changes)) {
    await page.goto(`/fr/${path}`)
    await makeSteady(page)
    for (const look of sampleOf(looks, 0)) {
      const where = `${path}, ${look.width} px, ${look.scheme}`
      await putOn(page, look)
      const approved = await take(devtools, third)
      const bolder = await takeWith('body { -webkit-text-stroke: 0.15px }')
      expect(bolder.equals(approved), where).toBe(false)
      expect.soft((await compare(blank, approved, bolder)).faults, where).toEqual([])
      for (const [change, css] of Object.entries(ways)) {
        const { faults } = await compare(blank, approved, await takeWith(css))
        expect.soft(faults, `${where}: ${change}`).not.toEqual([])
      }
    }
  }
})

/** Adds rules to those of a page. Returns what takes them away. */
async function wear(page: Page, css: string): Promise<() => Promise<void>> {
  const sheet = await page.evaluateHandle((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets.push(sheet)
    return sheet
  }, css)
  return () =>
    sheet.evaluate((sheet) => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    })
}
