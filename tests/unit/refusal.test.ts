import { NextRequest } from 'next/server'
import { beforeEach, expect, type MockInstance, test, vi } from 'vitest'
import { comesFromOrigin } from '@/lib/http/origin'
import { refusal } from '@/lib/http/refusal'

const origin = 'https://account.metamots.example'
const form = 'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW'
const good = { origin, 'content-length': '512', 'content-type': form }

let warnings: MockInstance<typeof console.warn>

beforeEach(() => {
  warnings = vi.spyOn(console, 'warn').mockImplementation(() => {})
})

const ours: [string, Record<string, string>][] = [
  ['our origin', { origin }],
  ['our origin, whatever Fetch Metadata says', { origin, 'sec-fetch-site': 'cross-site' }],
  ['no origin, but the word of a browser', { 'sec-fetch-site': 'same-origin' }],
]
const foreign: [string, Record<string, string>][] = [
  ['no origin', {}],
  ['another origin', { origin: 'https://evil.example' }],
  ['the origin null', { origin: 'null' }],
  ['an empty origin', { origin: '' }],
  ['another origin that is the forwarded host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
  ['another origin that is the host', { origin: 'https://evil.example', host: 'evil.example' }],
  ['another origin that calls itself the same', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ['the origin null that calls itself the same', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ['a sibling', { origin: 'https://www.metamots.example' }],
  ['a child', { origin: 'https://evil.account.metamots.example' }],
  ['the parent', { origin: 'https://metamots.example' }],
  ['a name that begins with ours', { origin: `${origin}.evil.example` }],
  ['http', { origin: 'http://account.metamots.example' }],
  ['another port', { origin: `${origin}:8443` }],
  ['the port spelt out', { origin: `${origin}:443` }],
  ['upper case', { origin: origin.toUpperCase() }],
  ['a slash after it', { origin: `${origin}/` }],
  ['a dot after it', { origin: `${origin}.` }],
  ['two origins', { origin: `${origin}, https://evil.example` }],
  ['ours twice', { origin: `${origin}, ${origin}` }],
  ['something malformed', { origin: 'https://[' }],
  ['something that is no URL', { origin: '%00' }],
  ['a page of ours in Referer only', { referer: `${origin}/fr/login` }],
  ['no origin, from the same site', { 'sec-fetch-site': 'same-site' }],
  ['no origin, from another site', { 'sec-fetch-site': 'cross-site' }],
  ['no origin, typed by the user', { 'sec-fetch-site': 'none' }],
  ['no origin, and a word in upper case', { 'sec-fetch-site': 'Same-Origin' }],
]

test.each(ours)('a submission with %s is ours', (_, headers) => {
  vi.stubEnv('APP_URL', origin)
  expect(comesFromOrigin(new Headers(headers), origin)).toBe(true)
  expect(refusal(post({ ...withoutOrigin(), ...headers }))).toBeNull()
  expect(warnings).not.toHaveBeenCalled()
})

test.each(foreign)('a submission with %s is refused', async (_, headers) => {
  vi.stubEnv('APP_URL', origin)
  expect(comesFromOrigin(new Headers(headers), origin)).toBe(false)
  const answer = refusal(post({ ...withoutOrigin(), ...headers }))
  expect(answer?.status).toBe(403)
  expect(await answer?.text()).toBe('Not from this site\n')
  const claimed = headers.origin ?? 'none'
  expect(warnings.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
    {
      at: expect.any(String),
      event: 'malicious_csrf',
      request: expect.any(String),
      origin: ['none', 'null'].includes(claimed) ? claimed : 'other',
    },
  ])
})

test.each([
  ['http://localhost:3000', {}],
  ['http://localhost:4321', { PORT: '4321' }],
  ['http://localhost', { PORT: '80' }],
  ['http://localhost:3000', { APP_URL: ' ', PORT: '' }],
  ['http://127.0.0.1:4321', { APP_URL: 'http://127.0.0.1:4321/' }],
])('on this machine %s is ours and 127.0.0.1:3000 is not', (own, variables) => {
  vi.stubEnv('APP_URL', undefined)
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  expect(refusal(post({ ...good, origin: own }))).toBeNull()
  expect(refusal(post({ ...good, origin: 'http://127.0.0.1:3000' }))?.status).toBe(403)
})

test.each([
  ['0', null],
  ['16384', null],
  ['16385', 413],
  ['1000000000000', 413],
  ['x', 413],
  ['12, 12', 413],
  [null, null],
])('a submission of %s bytes gets %s', (length, status) => {
  vi.stubEnv('APP_URL', origin)
  const { 'content-length': _, ...rest } = good
  expect(refusal(post(length === null ? rest : { ...rest, 'content-length': length }))?.status ?? null).toBe(status)
})

test.each([
  [form, null],
  ['multipart/form-data; boundary=---------------------------41184676334', null],
  ['multipart/form-data; boundary=----geckoformboundary1c9a2f', null],
  ['multipart/form-data; boundary=----formdata-undici-012345678901', null],
  [`multipart/form-data; boundary=${'x'.repeat(70)}`, null],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, 415],
  [`multipart/form-data; boundary=${'x'.repeat(26)}`, 415],
  [`multipart/form-data; boundary=${'-'.repeat(30)}`, 415],
  [`multipart/form-data; boundary=${'a/b'.repeat(10)}`, 415],
  [form.replace('=', '="').concat('"'), 415],
  [form.replace('; ', ';'), 415],
  [form.replace('multipart', 'Multipart'), 415],
  [form.replace('boundary', 'Boundary'), 415],
  [`${form}; charset=utf-8`, 415],
  [`${form}; boundary=x`, 415],
  [`${form}, ${form}`, 415],
  ['multipart/form-data', 415],
  ['multipart/form-data; boundary=', 415],
  ['multipart/form-data; boundary=x; charset=utf-16', 415],
  ['multipart/form-data; boundary=x, multipart/form-data; boundary=y', 415],
  ['multipart/mixed; boundary=x', 415],
  ['application/x-www-form-urlencoded', 415],
  ['application/json', 415],
  ['text/plain;charset=UTF-8', 415],
  ['text/x-component', 415],
  [null, 415],
])('a submission of type %j gets %s', (type, status) => {
  vi.stubEnv('APP_URL', origin)
  const { 'content-type': _, ...rest } = good
  expect(refusal(post(type === null ? rest : { ...rest, 'content-type': type }))?.status ?? null).toBe(status)
})

test.each([
  ['GET', null],
  ['HEAD', null],
  ['OPTIONS', 405],
  ['PUT', 405],
  ['PATCH', 405],
  ['DELETE', 405],
  ['PROPFIND', 405],
])('the method %s gets %s', (method, status) => {
  vi.stubEnv('APP_URL', origin)
  expect(refusal(new NextRequest(`${origin}/fr/login`, { method }))?.status ?? null).toBe(status)
})

test('a refusal shows nothing of the request, is not kept, and may load nothing', async () => {
  vi.stubEnv('APP_URL', origin)
  const answer = refusal(post({ ...good, origin: 'https://evil.example' }, '/fr/login?<script>'))
  expect(await answer?.text()).not.toMatch(/evil|script/)
  expect(answer?.headers.get('cache-control')).toBe('no-store')
  expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'")
})

const own = {
  host: 'localhost:3000',
  connection: 'keep-alive',
  'x-forwarded-host': 'localhost:3000',
  'x-forwarded-proto': 'http',
}
const passedOn: [string, Record<string, string>][] = [
  ['Apache', { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-server': 'account.metamots.example' }],
  ['Apache on its own machine', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-server': 'localhost' }],
  ['Caddy', { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', via: '2.0 Caddy' }],
  ['nginx with the headers of its guide', { 'x-real-ip': '203.0.113.7' }],
  ['a proxy that speaks of another host', { 'x-forwarded-host': 'account.metamots.example' }],
  ['a proxy that speaks of https', { 'x-forwarded-proto': 'https' }],
  ['two proxies', { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' }],
  ['two proxies, the other way round', { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' }],
  ['a proxy by the standard', { forwarded: 'for=203.0.113.7;proto=https' }],
  ['a proxy that names nobody', { 'x-forwarded-for': 'unknown' }],
  ['a network of others', { 'cf-connecting-ip': '203.0.113.7' }],
  ['a balancer', { 'true-client-ip': '203.0.113.7' }],
  ['an address that begins like this machine’s', { 'x-forwarded-for': '127.0.0.1.evil.example' }],
]

test.each(passedOn)('where mails lie open nothing is served through %s', (_, headers) => {
  vi.stubEnv('APP_URL', undefined)
  for (const path of ['/dev/mailbox', '/fr/login', '/api/health/ready']) {
    expect(refusal(local(path, { ...own, ...headers }))?.status).toBe(403)
    expect(refusal(local(path, { ...own, ...headers }, 'HEAD'))?.status).toBe(403)
  }
  expect(refusal(local('/fr/login', { ...good, ...own, ...headers }, 'POST'))?.status).toBe(403)
  expect(refusal(local('/api/webhooks/resend', { ...own, ...headers }, 'POST'))?.status).toBe(403)
})

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('a browser on this machine, which is %s, is served', (address) => {
  vi.stubEnv('APP_URL', undefined)
  const headers = { ...own, 'x-forwarded-for': address, 'x-forwarded-port': '3000', connection: 'keep-alive' }
  for (const path of ['/dev/mailbox', '/fr/login']) expect(refusal(local(path, headers))).toBeNull()
  expect(refusal(local('/fr/login', { ...good, ...headers, origin: 'http://localhost:3000' }, 'POST'))).toBeNull()
})

test('a proxy that ends or takes over the connection, as nginx does in every way, does not get at the mailbox', () => {
  vi.stubEnv('APP_URL', undefined)
  const { connection: _, ...others } = own
  for (const headers of [
    others,
    ...['close', 'upgrade', 'keep-alive, x'].map((connection) => ({ ...others, connection })),
  ]) {
    for (const path of ['/dev/mailbox', '/dev/mailbox/0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11'])
      expect(refusal(local(path, headers))?.status).toBe(403)
    expect(refusal(local('/api/health/ready', headers))).toBeNull()
  }
  expect(refusal(local('/dev/mailbox', { ...others, connection: 'Keep-Alive' }))).toBeNull()
})

test('where mails go to a provider, proxies are let through', () => {
  for (const [url, key] of [
    [origin, 're_test_123456789'],
    [undefined, 're_test_123456789'],
  ]) {
    vi.stubEnv('APP_URL', url)
    vi.stubEnv('RESEND_API_KEY', key)
    for (const [, headers] of passedOn) expect(refusal(local('/fr/login', { ...own, ...headers }))).toBeNull()
  }
})

test('no other name of this machine is served, whatever is asked of it', () => {
  vi.stubEnv('APP_URL', undefined)
  for (const host of ['evil.example', '127.0.0.1:3000', '203.0.113.7:3000', 'localhost']) {
    expect(refusal(local('/dev/mailbox', { ...own, host, 'x-forwarded-host': host }))?.status).toBe(404)
    expect(refusal(local('/fr/login', { ...good, ...own, host, 'x-forwarded-host': host }, 'POST'))?.status).toBe(403)
  }
})

function local(path: string, headers: Record<string, string>, method = 'GET'): NextRequest {
  return new NextRequest(`http://localhost:3000${path}`, { method, headers })
}

function withoutOrigin(): Record<string, string> {
  const { origin: _, ...rest } = good
  return rest
}

function post(headers: Record<string, string>, page = '/fr/login'): NextRequest {
  return new NextRequest(`${origin}${page}`, { method: 'POST', headers })
}
