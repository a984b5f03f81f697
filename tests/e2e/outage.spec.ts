import { expect } from '@playwright/test'
import words from '@/messages/crash.json' with { type: 'json' }
import type { Service } from '@/tests/support/app/service'
import { sessionFrom } from '@/tests/support/browser/session-cookie'
import { test } from '@/tests/support/browser/test'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import { withoutDatabase } from '@/tests/support/postgres/without-database'

const inside = /Prisma|Postgres|database|query|node_modules|\bat \S+ \(|\bstack\b/i

test('while the database is away, pages and forms fail with a reference and nothing of the inside', async ({
  service,
  browser,
}) => {
  const person = await joinRaw(service)
  const cookie = await logInRaw(service, person)
  const form = await readForm(service.url, '/fr/login')
  const session = sessionFrom(cookie) ?? ''
  const context = await browser.newContext({ baseURL: service.url })
  await context.addCookies([{ name: 'session', value: session, url: service.url }])
  await withoutDatabase(service, async () => {
    for (const locale of ['fr', 'en'] as const) {
      const raw = await fetch(`${service.url}/${locale}/account`, { headers: { cookie } })
      expect(raw.status).toBe(500)
      expect(raw.headers.get('cache-control')).toContain('no-store')
      expect(raw.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self' 'nonce-")
      const sent = await raw.text()
      expect(sent).not.toMatch(inside)
      const [, shown = ''] = /<noscript>(.*?)<\/noscript>/.exec(sent) ?? []
      expect(shown).toContain(words[locale].title)
      expect(service.app.log()).toContain(/<code>([^<]+)</.exec(shown)?.[1] ?? 'none')
      await expect.poll(() => loggedFor(raw, service)).toContain('"event":"request_failed"')

      const page = await context.newPage()
      expect((await page.goto(`/${locale}/account?kept=1`))?.status()).toBe(500)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words[locale].title)
      await expect(page).toHaveTitle(words[locale].title)
      await expect(page.locator('html')).toHaveAttribute('lang', locale)
      await expect(page.locator('main').getByRole('alert')).toHaveText(words[locale].title)
      expect(service.app.log()).toContain((await page.locator('main code').textContent()) ?? 'none')
      expect(await page.locator('main').textContent()).not.toMatch(inside)
      const again = page.waitForRequest((request) => request.isNavigationRequest())
      await page.locator('main').getByRole('link', { name: words[locale].reload }).click()
      expect((await again).url()).toBe(`${service.url}/${locale}/account?kept=1`)
    }

    const fields = credentialsOf(person)
    const refused = await submitRaw(service, form, fields)
    const html = await refused.text()
    expect(refused.headers.getSetCookie().filter((set) => set.startsWith('session='))).toEqual([])
    expect(html).toContain('role="alert"')
    expect(html.replace(/<script.*?<\/script>/gs, '')).not.toMatch(inside)
    const reference = /<code>([^<]+)</.exec(html)?.[1] ?? 'none'
    await expect.poll(() => loggedFor(refused, service)).toContain('"event":"form_failed"')
    expect(loggedFor(refused, service)).toContain(`"reference":"${reference}"`)

    expect((await fetch(`${service.url}/api/health/live`)).status).toBe(200)
    const ready = await fetch(`${service.url}/api/health/ready`)
    const checks = { database: 'unreachable', migrations: 'unknown', writable: 'unknown', settings: 'unknown' }
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'unavailable', checks })
  })
  await context.close()
  await expect.poll(async () => (await fetch(`${service.url}/api/health/ready`)).status).toBe(200)
  const back = await fetch(`${service.url}/fr/account`, { headers: { cookie } })
  expect([back.status, (await back.text()).includes(person.email)]).toEqual([200, true])
})

/** What the log says of the request that was answered so. */
function loggedFor(answer: Response, { app }: Service): string {
  const request = `"request":"${answer.headers.get('x-request-id')}"`
  return app
    .log()
    .split('\n')
    .filter((line) => line.includes(request))
    .join('\n')
}
