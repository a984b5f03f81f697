import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { cookiesOf, followRaw, newAddress, rawPost, readForm, submission, submitRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { askForResetRaw, credentialsOf, joinRaw, markOf } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'

// Side by side they would need an application each.
test.describe.configure({ mode: 'default' })

test('deployed, every cookie is tied to its host, to https and to the server', async ({ deployed }) => {
  const answers: Response[] = []
  const person = await joinRaw(deployed)
  const verify = await followRaw(deployed, linkIn(await sweptMailTo(deployed, person.email), 'verify-email'))
  const form = await readForm(deployed.url, '/fr/login')
  const logIn = await submitRaw(deployed, form, credentialsOf(person), { headers: { cookie: markOf(person) } })
  const headers = { cookie: cookiesOf(logIn) }
  const account = await fetch(`${deployed.url}/fr/account`, { headers })
  expect([account.status, (await account.text()).includes(person.email)]).toEqual([200, true])
  const asked = await askForResetRaw(deployed, person)
  const reset = await followRaw(deployed, linkIn(await sweptMailTo(deployed, person.email, 2), 'reset-password'))
  answers.push(verify, logIn, account, asked, reset)

  const cookies = answers.flatMap((answer) => answer.headers.getSetCookie())
  const names = new Set(cookies.map((cookie) => cookie.split('=')[0]))
  expect([...names].sort()).toEqual(
    ['asked', 'device', 'lang', 'mail', 'reset', 'sent-to', 'session', 'verify'].map((name) => `__Host-${name}`),
  )
  for (const cookie of cookies) {
    expect.soft(cookie).toMatch(/; Path=\/(;|$)/)
    expect.soft(cookie).toMatch(/; Secure(;|$)/)
    expect.soft(cookie).not.toMatch(/domain/i)
    expect.soft(cookie).toMatch(cookie.startsWith('__Host-device') ? /; SameSite=strict(;|$)/ : /; SameSite=lax(;|$)/)
    if (!cookie.startsWith('__Host-lang')) expect.soft(cookie).toMatch(/; HttpOnly(;|$)/)
    if (cookie.startsWith('__Host-session')) expect.soft(cookie).not.toMatch(/max-age|expires/i)
  }
})

test('deployed, pages are for https alone and there is no mailbox', async ({ deployed }) => {
  const { headers } = await fetch(`${deployed.url}/fr/login`)
  expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains; preload')
  expect(headers.get('content-security-policy')).toMatch(/; upgrade-insecure-requests$/)
  for (const path of ['/dev/mailbox', '/dev/mailbox/00000000-0000-4000-8000-000000000000'])
    expect((await fetch(deployed.url + path)).status, path).toBe(404)
  const fromHttp = await rawPost(deployed.url, '/fr/login', { headers: { origin: 'http://app.example.test' } })
  expect(fromHttp.status).toBe(403)
})

for (const kind of ['local', 'deployed'] as const) {
  test(`${kind}, no header of a request moves the links of its mail`, async ({ service, deployed }) => {
    const target = kind === 'local' ? service : deployed
    const host = new URL(target.origin).host
    const hostile: Record<string, { target?: string; headers: string[] }> = {
      host: { headers: ['Host', 'evil.example'] },
      'host twice': { headers: ['Host', host, 'Host', 'evil.example'] },
      'x-forwarded': {
        headers: [
          'Host',
          host,
          'X-Forwarded-Host',
          'evil.example',
          'X-Forwarded-Proto',
          'gopher',
          'X-Forwarded-Port',
          '1',
        ],
      },
      forwarded: { headers: ['Host', host, 'Forwarded', 'for=1.1.1.1;host=evil.example;proto=http'] },
      'others’ ways': {
        headers: [
          'Host',
          host,
          'X-Host',
          'evil.example',
          'X-Original-Host',
          'evil.example',
          'X-Rewrite-URL',
          '//evil.example/',
        ],
      },
      'the request line': { target: 'http://evil.example/fr/signup', headers: ['Host', host] },
      'the request line and host': { target: 'http://evil.example/fr/signup', headers: ['Host', 'evil.example'] },
    }
    for (const [what, { target: line = '/fr/signup', headers }] of Object.entries(hostile)) {
      const person = newPerson()
      const answer = await signUpBy(target, person, line, headers)
      // A request line that names a host is not for us: it is sent there, and done nothing for.
      expect.soft(answer.status, what).toBe(line === '/fr/signup' ? 303 : 308)
      if (answer.status !== 303) continue
      expect.soft(answer.headers.get('location'), what).toBe('/fr/signup/sent')
      const { html, text } = await sweptMailTo(target, person.email)
      const links = [...html.matchAll(/href="([^"]*)"/g), ...text.matchAll(/(https?:\S*)/g)].map(
        ([, link = '']) => link,
      )
      expect.soft(links.length, what).toBeGreaterThan(1)
      expect
        .soft(
          links.filter((link) => !link.startsWith(`${target.origin}/fr/`)),
          what,
        )
        .toEqual([])
    }
  })
}

async function signUpBy(target: Service, person: ReturnType<typeof newPerson>, line: string, headers: string[]) {
  const { fields = [] } = submission(await readForm(target.url, '/fr/signup'), person, false)
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const encoded = new Request(target.url, { method: 'POST', body: form })
  const body = Buffer.from(await encoded.arrayBuffer())
  const type = encoded.headers.get('content-type') ?? ''
  const common = [
    'Origin',
    target.origin,
    'Content-Type',
    type,
    'Content-Length',
    `${body.length}`,
    'X-Test-Address',
    newAddress(),
  ]
  return rawRequest({ port: target.app.port, method: 'POST', target: line, headers: [...headers, ...common], body })
}
