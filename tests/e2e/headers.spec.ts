import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { type Seen, seen } from '@/tests/support/checks/seen'
import { rawPost, readForm, submitRaw } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'

const everywhere: Record<string, string> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
}
const pagePolicy =
  "default-src 'none'; script-src 'self' 'nonce-NONCE' 'strict-dynamic'; style-src 'self' 'nonce-NONCE'; img-src 'self'; " +
  "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; " +
  "frame-ancestors 'none'"
const barePolicy = "default-src 'none'; frame-ancestors 'none'"
const kept = /^public, max-age=\d+, (immutable|must-revalidate)$|^public, max-age=0$/
const anyLink = 'a'.repeat(43)

test('every answer carries the security headers, and only files may be kept', async ({ service }) => {
  const { url } = service
  const get = (path: string, headers = {}) => fetch(url + path, { headers, redirect: 'manual' })
  const form = await readForm(url, '/fr/forgot-password')
  const claim = identityOf(newPerson())
  const html = await (await get('/fr/login')).text()
  const files = ['js', 'css'].map((kind) => new RegExp(`/_next/static/[^"]+\\.${kind}`).exec(html)?.[0] ?? kind)
  const answers: [string, number, Response][] = [
    ['a page', 200, await get('/fr/login')],
    ['a page that is asked for its head', 200, await fetch(`${url}/fr/login`, { method: 'HEAD' })],
    ['a page for the script', 200, await fetch(`${url}/fr/login`, { headers: { rsc: '1' } })],
    ['a submission', 303, await submitRaw(service, form, claim)],
    ['a submission by script', 200, await submitRaw(service, form, claim, { scripted: true })],
    ['a refused submission', 200, await submitRaw(service, form, { ...claim, email: '' })],
    ['the language', 307, await get('/')],
    ['a page for members', 307, await get('/fr/account')],
    ['a link', 307, await get(`/fr/reset-password/${anyLink}`)],
    ['a link’s page', 200, await get('/en/reset-password')],
    ['a confirmation link', 307, await get(`/fr/verify-email/${anyLink}`)],
    ['a confirmation link’s page', 200, await get('/fr/verify-email')],
    ['a link to a new address', 307, await get(`/fr/new-email/${anyLink}`)],
    ['the page of a link “this was not me”', 200, await get('/fr/not-me')],
    ['a well-known address', 303, await get('/.well-known/change-password')],
    ['an unknown page', 404, await get('/fr/nothing')],
    ['an unknown address', 404, await get('/api/nothing')],
    ['an unknown file', 404, await get('/_next/static/nothing.js')],
    ['an impossible address', 400, await get('/fr/%ff')],
    ['another method', 405, await fetch(`${url}/fr/login`, { method: 'PUT' })],
    ['another origin', 403, await rawPost(url, form.path, { headers: { origin: 'https://evil.example' } })],
    ['too much', 413, await rawPost(url, form.path, { fields: [['x', 'x'.repeat(20_000)]] })],
    ['another host', 404, await fetch(`http://127.0.0.1:${service.app.port}/fr/login`, { redirect: 'manual' })],
    ['the pulse', 200, await get('/api/health/live')],
    ['the readiness', 200, await get('/api/health/ready')],
    ['the sweep', 401, await get('/api/cron/mail')],
    ['the icon', 200, await get('/icon.svg')],
    ['the icon of a home screen', 200, await get('/apple-touch-icon.png')],
    ['a larger one', 200, await get('/icons/512.png')],
    ['the manifest', 200, await get('/manifest.webmanifest')],
    ['a picture', 200, await get('/help/fr/login-light.webp')],
    ...(await Promise.all(
      files.map(async (file): Promise<[string, number, Response]> => [file, 200, await get(file)]),
    )),
  ]
  for (const [what, status, answer] of answers) {
    const { headers } = await seen(answer)
    const sent = Object.fromEntries(headers)
    const isFile = /static|icon|webp|webmanifest/.test(answer.url)
    const isBare = isFile || [400, 403, 405, 413].includes(status) || what === 'another host'
    const isLink = /\/(reset-password|verify-email|new-email|not-me)/.test(answer.url)
    expect.soft(answer.status, what).toBe(status)
    expect.soft(sent, what).toMatchObject(everywhere)
    expect.soft(sent, what).not.toHaveProperty('x-powered-by')
    expect.soft(sent['content-security-policy'], what).toBe(isBare ? barePolicy : pagePolicy)
    expect.soft(sent['cache-control'], what).toMatch(isFile && status === 200 ? kept : /no-store/)
    expect.soft(sent['x-robots-tag'], what).toBe(isLink ? 'noindex, nofollow' : undefined)
  }
})

test('every script and style of a page bears the nonce of its policy, which no other page has', async ({ service }) => {
  const nonces = new Set<string>()
  for (let pages = 0; pages < 50; pages += 1) {
    const answer = await fetch(`${service.url}/fr/${['login', 'signup', 'nothing'][pages % 3]}`)
    const html = await answer.text()
    const nonce =
      /script-src 'self' 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
    const loads = html.match(/<(script|style|link rel="(stylesheet|preload)")[^>]*>/g) ?? []
    expect(loads.length).toBeGreaterThan(5)
    expect(loads.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(50)
})

test('headers by which servers speak among themselves have no effect when a client sends them', async ({ service }) => {
  const evil = "script-src 'nonce-EVIL'; default-src *"
  const hostile = {
    'content-security-policy': evil,
    'content-security-policy-report-only': evil,
    'x-nonce': 'EVIL',
    'x-middleware-subrequest': Array(5).fill('middleware').join(':'),
    'x-middleware-next': '1',
    'x-middleware-rewrite': '/en/signup',
    'x-middleware-redirect': 'https://evil.example',
    'x-middleware-set-cookie': 'session=EVIL',
    'x-middleware-override-headers': 'content-security-policy,x-next-intl-locale',
    'x-middleware-request-content-security-policy': evil,
    'x-middleware-request-x-next-intl-locale': 'en',
    'x-next-intl-locale': 'en',
    'x-invoke-path': '/en/signup',
    'x-invoke-status': '200',
    'x-matched-path': '/en/signup',
    'x-original-url': '/en/signup',
    'x-rewrite-url': '/en/signup',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-prefix': '/evil',
    'x-http-method-override': 'PUT',
    forwarded: 'host=evil.example',
  }
  for (const path of [
    '/fr/login',
    '/fr/account',
    '/fr/nothing',
    `/fr/reset-password/${anyLink}`,
    '/api/cron/mail',
    '/',
  ]) {
    const ask = async (headers: Record<string, string>) =>
      seen(await fetch(service.url + path, { headers, redirect: 'manual' }))
    expect.soft(withoutTimes(await ask(hostile)), path).toEqual(withoutTimes(await ask({})))
  }
})

/** When a cookie of an answer ends is a matter of when it was asked for. */
function withoutTimes(answer: Seen): string {
  return JSON.stringify(answer, null, 1).replace(/Expires=[^;]+/g, '')
}
