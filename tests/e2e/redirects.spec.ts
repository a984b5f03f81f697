import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { credentialsOf, joinRaw } from '@/tests/support/http/raw-walks'

/** Ways that were found to lead a redirect elsewhere. */
const payloads = [
  'https://evil.example',
  'http://evil.example/',
  'HTTPS://EVIL.EXAMPLE',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  '//evil.example',
  '//evil.example/%2e%2e',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\\/evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '%2f%2fevil.example',
  '%5c%5cevil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  '/%0d/evil.example',
  '/%0a/evil.example',
  '%0d%0aLocation:%20https://evil.example',
  '/fr%0d%0aSet-Cookie:a=b',
  '/..//evil.example',
  '/.//evil.example',
  '/fr/..//evil.example',
  '/;@evil.example',
  '//user@evil.example',
  'https://localhost@evil.example',
  'https://localhost.evil.example',
  '//localhost%40evil.example',
  '//evil%E3%80%82example',
  '//evil.example%00.localhost',
  '//[::ffff:203.0.113.1]/evil.example',
  '//0xcb007101/evil.example',
  '.evil.example',
  '@evil.example',
  ':80#@evil.example',
  'javascript:alert(1)//evil.example',
  'java%0ascript:alert(1)//evil.example',
  'data:text/html,evil.example',
  'vbscript:evil.example',
  '?next=//evil.example',
]
const parameters = ['next', 'redirect', 'redirect_to', 'returnTo', 'return_url', 'callbackUrl', 'url', 'locale']

test('no query leads anybody elsewhere, before or after signing in', async ({ service }) => {
  const person = await joinRaw(service)
  for (const payload of payloads) {
    const query = new URLSearchParams(parameters.map((name) => [name, payload])).toString()
    for (const path of ['/', '/fr/login', '/fr/signup', '/fr/account', '/.well-known/change-password'])
      await expectHome(service, `${path}?${query}`)
    const form = await readForm(service.url, '/fr/login')
    const fields = credentialsOf(person)
    const more = Object.fromEntries(parameters.filter((name) => name !== 'locale').map((name) => [name, payload]))
    const answer = await submitRaw(service, { ...form, path: `/fr/login?${query}` }, { ...fields, ...more })
    expect.soft([answer.status, answer.headers.get('location')], payload).toEqual([303, '/fr/account'])
  }
})

test('most of these ways do lead elsewhere where nobody minds', () => {
  expect(payloads.filter((payload) => leadsElsewhere(payload, 'http://localhost:3000')).length).toBeGreaterThan(20)
})

test('no path leads anybody elsewhere', async ({ service }) => {
  for (const payload of payloads)
    for (const before of [
      '/',
      '/fr/',
      '/fr',
      '/fr/reset-password/',
      '/en/verify-email/',
      '/fr/new-email/',
      '/fr/not-me/',
      '/_next/',
    ])
      await expectHome(service, encodeURI(before + payload).replaceAll('%25', '%'))
})

/** A redirect stays on this origin, and no link, form or refresh of the page names another. */
async function expectHome({ app, url }: Service, target: string): Promise<void> {
  const answer = await rawRequest({ port: app.port, target, headers: ['Host', new URL(url).host] })
  const location = answer.headers.get('location') ?? '/'
  const elsewhere = [...(await answer.text()).matchAll(/(?:href|action|src|content)="([^"]*)"/g)]
    .map(([, value = '']) => value.replace(/^\d+;\s*url=/, ''))
    .filter((value) => leadsElsewhere(value, url))
  expect.soft(answer.status, target).toBeLessThan(500)
  expect.soft([leadsElsewhere(location, url), elsewhere], `${target} to ${location}`).toEqual([false, []])
  expect.soft(answer.headers.getSetCookie().join(), target).not.toMatch(/\ba=b/)
}

/** As a browser resolves it, and also as software does that takes a leading `//` or `/\` for a host. */
function leadsElsewhere(value: string, url: string): boolean {
  if (/^[/\\]{2}/.test(value)) return true
  return URL.canParse(value, url) && new URL(value, url).origin !== new URL(url).origin
}
