import { expect, type Page, type Route } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { say } from '@/tests/support/words'

type Fault = {
  what: string
  words: 'kit.lost' | 'kit.silent' | 'formCodes.busy'
  answer: (route: Route) => Promise<unknown>
}

const half = '0:{"a":"$@1","f":"","b":"x"}\n1:{"formCode":"inva'
const text = '0:{"a":"$@1","f":"","b":"x"}\n1:"OK"\n'
const html = { contentType: 'text/html', body: '<!doctype html><title>Bad gateway</title>' }
const faults: Fault[] = [
  { what: 'no line', words: 'kit.lost', answer: (route) => route.abort('internetdisconnected') },
  { what: 'a connection that is reset', words: 'kit.lost', answer: (route) => route.abort('connectionreset') },
  {
    what: 'a proxy without a service',
    words: 'kit.silent',
    answer: (route) => route.fulfill({ ...html, status: 502 }),
  },
  {
    what: 'a service that has no room',
    words: 'formCodes.busy',
    answer: (route) => route.fulfill({ ...html, status: 503, headers: { 'retry-after': '5' } }),
  },
  {
    what: 'the page of a captive network',
    words: 'kit.silent',
    answer: (route) => route.fulfill({ ...html, status: 200 }),
  },
  { what: 'an answer without content', words: 'kit.silent', answer: (route) => answerInPart(route, '') },
  { what: 'half an answer', words: 'kit.silent', answer: (route) => answerInPart(route, half) },
  { what: 'an answer of another kind', words: 'kit.silent', answer: (route) => answerInPart(route, text) },
  { what: 'silence', words: 'kit.silent', answer: async () => {} },
]

const forms: Record<string, { fill: (page: Page, person: Person) => Promise<void>; leadsTo: string }> = {
  login: {
    async fill(page, { email, password }) {
      await page.locator('[name=identifier]').fill(email)
      await page.locator('[name=password]').fill(password)
      await page.locator('[name=locale]').selectOption('en')
    },
    leadsTo: '/en/account',
  },
  'forgot-password': { fill: fillIdentity, leadsTo: '/fr/forgot-password/sent' },
}

for (const [path, { fill, leadsTo }] of Object.entries(forms))
  test(`whatever comes in the place of an answer, ${path} says so, keeps all that was typed, and its button tries again`, async ({
    page,
    service,
    console: complaints,
  }) => {
    // Ten seconds of patience, as half of one.
    await page.addInitScript(() => {
      const { timeout } = AbortSignal
      AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 20)
    })
    await page.goto(`/fr/${path}`)
    await fill(page, await joinRaw(service))
    const typed = await valuesOf(page)
    const alert = page.locator('main form').getByRole('alert')
    for (const { what, words, answer } of faults) {
      await page.route('**', (route) => (route.request().method() === 'POST' ? answer(route) : route.continue()))
      await submit(page)
      await expect(alert, what).toContainText(say('fr', words))
      await expect(alert, what).toBeFocused()
      await expect(page.getByRole('button', { name: say('fr', 'kit.pending') })).toHaveCount(0)
      expect(await valuesOf(page), what).toEqual(typed)
      await page.unroute('**')
    }
    await submit(page)
    await expect(page).toHaveURL(leadsTo)
    complaints.splice(0)
  })

/** Answers as a service does whose words are cut off on the way. */
function answerInPart(route: Route, body: string): Promise<void> {
  return route.fulfill({ status: 200, contentType: 'text/x-component', body })
}

function valuesOf(page: Page): Promise<string[]> {
  return page
    .locator('main form [aria-required]')
    .evaluateAll((controls) => controls.map((control) => (control as HTMLInputElement).value))
}
