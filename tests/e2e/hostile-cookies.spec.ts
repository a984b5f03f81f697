import { expect } from '@playwright/test'
import { readActions } from '@/tests/support/app/actions'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { submitRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { identityOf, joinRaw, logInRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { holdMail, linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { query } from '@/tests/support/postgres/query'

const names = [
  'session',
  'device',
  'reset',
  'verify',
  'new-email',
  'not-me',
  'mail',
  'sent-to',
  'asked',
  'space',
  'came-from',
]
// Not the sign-in page, which tells whoever brings a session that is none that it has ended.
const pages = ['/account', '/account/export', '/account/close', '/reset-password', '/verify-email', '/signup/sent']
const linkPages = ['/new-email', '/not-me', '/reset-password/done']

/** Values of shapes, lengths and encodings that none of ours has. */
const values = [
  '',
  'x',
  'a'.repeat(42),
  'a'.repeat(43),
  'a'.repeat(44),
  // In every cookie at once, and still less than Node takes of headers.
  'a'.repeat(1_400),
  `"${'a'.repeat(43)}"`,
  `${'a'.repeat(42)}=`,
  `${'a'.repeat(42)}+`,
  `${'%61'.repeat(43)}`,
  '%00',
  '%ff',
  '%E0%A4%A',
  '\u00e9'.repeat(43),
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  '[object Object]',
  '{"$ne":null}',
  "' OR 1=1 --",
  'a.b.c',
  '.',
  '<script>alert(1)</script>',
  '00000000-0000-4000-8000-000000000000',
]

test('forged cookies show what no cookies show', async ({ service }) => {
  test.setTimeout(180_000)
  const person = await joinRaw(service)
  await logInRaw(service, person)
  for (const page of [...pages, ...linkPages]) {
    const plain = await ask(service, page, [])
    for (const value of values) {
      const forged = names.map((name) => `${name}=${value}`)
      expect.soft(await ask(service, page, [forged.join('; ')]), `${page} with ${value}`).toEqual(plain)
      const twice = [...forged, ...forged.map((cookie) => `${cookie}x`)].join('; ')
      if (value.length < 1_000) expect.soft(await ask(service, page, [twice]), `${page} twice`).toEqual(plain)
      if (value.length < 1_000) expect.soft(await ask(service, page, forged), `${page} apart`).toEqual(plain)
    }
  }
})

test('no variation of a real cookie, no digest of it and no cookie of another name opens an account', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const cookie = await logInRaw(service, person)
  const token = /session=([\w-]{43})/.exec(cookie)?.[1] ?? ''
  const [row] = await query(
    service.databaseUrl,
    `SELECT s.*, a."email" FROM "Session" s JOIN "Account" a ON a."id" = s."accountId" WHERE a."email" = '${person.email}'`,
  )
  const verification = linkIn(await sweptMailTo(service, (await signUpRaw(service)).email), 'verify-email').slice(-43)
  const plain = await ask(service, '/account', [])
  for (const forged of [
    `session=${row?.tokenHash}`,
    `session=${row?.id}`,
    `session=${row?.accountId}`,
    `session=${verification}`,
    `session=${token.toLowerCase()}`,
    `session=${token.slice(0, 42)}${token.endsWith('A') ? 'B' : 'A'}`,
    `session=${token}=`,
    `session="${token}x"`,
    `session=%20${token}`,
    `Session=${token}`,
    `__Host-session=${token}`,
    `__Secure-session=${token}`,
    `session[]=${token}`,
    `reset=${token}; verify=${token}; device=${token}`,
  ])
    expect.soft(await ask(service, '/account', [forged]), forged.replace(token, 'TOKEN')).toEqual(plain)
  const own = await ask(service, '/account', [`session=${token}`])
  expect([own.status, own.shown.includes(person.email)]).toEqual([200, true])
})

test('no action is done for a forged cookie, and none fails on it', async ({ service }) => {
  const person = await joinRaw(service)
  await logInRaw(service, person)
  await holdMail(service)
  const before = await rows(service)
  const fields = {
    ...identityOf(person),
    identifier: 'nobody',
    locale: 'fr',
    password: 'x',
    newPassword: 'An0ther’s choice',
  }
  for (const action of await readActions())
    for (const value of ['', 'a'.repeat(43), '%00', '__proto__', '"', '{"$ne":null}']) {
      const cookie = names.map((name) => `${name}=${value}`).join('; ')
      const answer = await submitRaw(service, action, fields, { scripted: true, headers: { cookie } })
      expect.soft(answer.status, `${action.name} with ${value}`).toBeLessThan(500)
      expect.soft(answer.headers.getSetCookie().join(), action.name).not.toMatch(/session=\w/)
    }
  expect(await rows(service)).toEqual(before)
})

test('a forged language cookie chooses one of our languages, or none', async ({ service }) => {
  for (const value of [
    ...values,
    'xx',
    'fr-FR',
    'FR',
    '../../etc',
    'fr%0d%0aSet-Cookie:a=b',
    'toString',
    'x'.repeat(8_000),
  ]) {
    const answer = await get(service, '/', [`lang=${value}`])
    expect.soft([answer.status, answer.headers.get('location')], value).toEqual([307, '/fr'])
    expect.soft(answer.headers.getSetCookie().join(), value).not.toMatch(/\ba=b/)
  }
  expect((await get(service, '/', ['lang=pl'])).headers.get('location')).toBe('/pl')
})

/** What a page answers and shows, but for the cookie that keeps its language. */
async function ask(service: Service, page: string, cookies: string[]) {
  const answer = await get(service, `/fr${page}`, cookies)
  const shown = /<main.*<\/main>/s.exec(await answer.text())?.[0] ?? ''
  const set = answer.headers.getSetCookie().filter((cookie) => !cookie.startsWith('lang='))
  return { status: answer.status, location: answer.headers.get('location'), set, shown }
}

/** Each text as a header of its own, its characters as the bytes they are. */
function get({ app, url }: Service, target: string, cookies: string[]): Promise<Response> {
  const headers = ['Host', new URL(url).host, ...cookies.flatMap((cookie) => ['Cookie', cookie])]
  return rawRequest({ port: app.port, target, headers })
}

function rows({ databaseUrl }: Service): Promise<Record<string, unknown>[]> {
  return query(
    databaseUrl,
    'SELECT c.*, (SELECT count(*) FROM "Session" s WHERE s."accountId" = c."accountId") AS sessions FROM "Credential" c ORDER BY 1',
  )
}
