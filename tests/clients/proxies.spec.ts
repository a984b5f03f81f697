import { type APIRequestContext, expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { gates } from '@/tests/support/clients/gates'
import { signIn } from '@/tests/support/clients/sign-in'
import { type Asked, startUpstream, type Upstream } from '@/tests/support/clients/upstream'
import { faultTest } from '@/tests/support/faults/fault-test'
import { newAddress } from '@/tests/support/http/forms'
import { joinRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { findPort } from '@/tests/support/port'
import { withoutDatabase } from '@/tests/support/postgres/without-database'

/** A service, and an application that a proxy keeps for whoever is signed in at it, all on one origin. */
type Gate = { origin: string; service: Service; upstream: Upstream }

const test = faultTest.extend<{ keeper: keyof typeof gates; port: number; upstream: Upstream; gate: Gate }>({
  keeper: ['nginx', { option: true }],
  ignoreHTTPSErrors: true,
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  extraHTTPHeaders: async ({}, use) => use({ 'x-test-address': newAddress() }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  port: async ({}, use) => use(await findPort()),
  settings: async ({ port }, use) => use({ APP_URL: `https://localhost:${port}`, RETURN_TO: '/app/' }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  upstream: async ({}, use) => {
    const upstream = await startUpstream()
    await use(upstream)
    upstream.close()
  },
  gate: async ({ service, keeper, port, upstream }, use) => {
    const origin = `https://localhost:${port}`
    const stop = await gates[keeper](port, service.app.port, upstream.port)
    await use({ origin, service: { ...service, origin }, upstream })
    await stop()
  },
})

const forged = {
  'X-Auth-Request-User': 'forged',
  'X-Auth-Request-Email': 'forged@example.com',
  'X-Auth-Request-Locale': 'forged',
  X_Auth_Request_User: 'forged',
  'x_auth-request_Email': 'forged',
  'X-Auth_Request-User': 'forged',
}

for (const proxy of Object.keys(gates) as (keyof typeof gates)[])
  test.describe(() => {
    test.use({ keeper: proxy })

    for (const scripts of [true, false])
      test.describe(() => {
        test.use({ javaScriptEnabled: scripts })

        test(`${proxy} leads whoever is not signed in to the sign-in page, and that to the page that was asked for, ${scripts ? 'with' : 'without'} JavaScript`, async ({
          page,
          gate,
        }) => {
          const person = await joinRaw(gate.service)
          await page.goto(`${gate.origin}/app/orders/7?sort=date&up=1`)
          await expect(page).toHaveURL(/\/login\?next=/)
          expect(gate.upstream.asked).toEqual([])
          await signIn(page, person)
          await expect(page).toHaveURL(`${gate.origin}/app/orders/7?sort=date&up=1`)
          await expect(page.locator('body')).toContainText(person.email)
          expect(gate.upstream.asked.map(({ path }) => path)).toEqual(['/app/orders/7?sort=date&up=1'])
        })
      })

    test(`through ${proxy} an application gets who is signed in, what is posted to it and its own cookies, and nothing that was forged`, async ({
      page,
      gate,
    }) => {
      const { origin, upstream } = gate
      const person = await enter(page, gate)
      await page.context().addCookies([
        { name: 'a', value: '1', url: origin },
        { name: 'session', value: 'its-own', url: origin },
        { name: 'last', value: '2', url: origin },
      ])
      const data = 'x'.repeat(200_000)
      for (const [method, body] of [
        ['GET', ''],
        ['POST', data],
      ] as const) {
        const answer = await page.request.fetch(`${origin}/app/form`, {
          method,
          headers: forged,
          ...(body && { data: body }),
        })
        expect(answer.status()).toBe(200)
        const got = upstream.asked.at(-1) as Asked
        expect([got.method, got.body]).toEqual([method, body])
        expect(got.headers).toMatchObject({
          'x-auth-request-email': person.email,
          'x-auth-request-user': expect.stringMatching(/^[0-9a-f-]{36}$/),
          'x-auth-request-locale': expect.stringMatching(/^(?:en|fr)$/),
        })
        expect(JSON.stringify(got.headers)).not.toContain('forged')
        expect(cookiesIn(got)).toMatchObject({ a: '1', session: 'its-own', last: '2' })
      }
      for (const { headers } of upstream.asked) expect(headers.cookie ?? '').not.toContain('__Host-session')
    })

    test(`${proxy} lets nobody pass who has signed out, and nobody who never was signed in, whatever they send`, async ({
      page,
      request,
      gate,
    }) => {
      const { origin, upstream } = gate
      await enter(page, gate)
      await page.goto(`${origin}/log-out`)
      await page.locator('main form button').click()
      await expect(page).toHaveURL(/\/login/)
      const before = upstream.asked.length
      for (const browser of [page.request, request])
        for (const mode of ['navigate', 'cors'])
          for (const method of ['GET', 'POST']) {
            const answer = await ask(browser, `${origin}/app/form`, method, mode)
            expect([401, 303]).toContain(answer.status())
            if (mode === 'navigate') expect(answer.headers().location).toBe(`${origin}/login?next=%2Fapp%2Fform`)
            else expect(answer.status()).toBe(401)
          }
      for (const path of ['/app//x', '/app/%2e%2e/app/x', '//app/x', '/app/x/', '/app/./x', '/APP/x', '/app'])
        await ask(request, origin + path, 'GET', 'navigate')
      expect(upstream.asked.length).toBe(before)
    })

    test(`${proxy} lets nobody pass while it cannot be known who is signed in`, async ({ page, gate }) => {
      const { origin, service, upstream } = gate
      await enter(page, gate)
      const before = upstream.asked.length
      await withoutDatabase(service, async () => {
        expect((await page.request.get(`${origin}/app/`)).status()).toBeGreaterThanOrEqual(500)
      })
      await expect.poll(async () => (await page.request.get(`${origin}/app/`)).status()).toBe(200)
      const between = upstream.asked.length
      await service.app.stop()
      expect((await page.request.get(`${origin}/app/`)).status()).toBeGreaterThanOrEqual(500)
      expect([between - before, upstream.asked.length - between]).toEqual([1, 0])
    })
  })

/** Has somebody new sign in to the application. */
async function enter(page: Page, { origin, service }: Gate): Promise<Person> {
  const person = await joinRaw(service)
  await page.goto(`${origin}/app/`)
  await signIn(page, person)
  await expect(page).toHaveURL(`${origin}/app/`)
  return person
}

function ask(browser: APIRequestContext, url: string, method: string, mode: string) {
  return browser.fetch(url, { method, headers: { ...forged, 'sec-fetch-mode': mode }, maxRedirects: 0 })
}

function cookiesIn({ headers }: Asked): Record<string, string> {
  return Object.fromEntries((headers.cookie ?? '').split('; ').map((pair) => pair.split('=')))
}
