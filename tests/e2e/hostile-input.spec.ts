import { expect } from '@playwright/test'
import { test } from '@/tests/e2e/fixtures'
import { type RawForm, type RawPost, rawPost, readForm } from '@/tests/e2e/raw-form'
import { query } from '@/tests/support/postgres-admin'

const pages = ['login', 'signup', 'forgot-password']
const good: [string, string][] = [
  ['identifier', 'nobody@example.org'],
  ['email', 'nobody@example.org'],
  ['firstName', 'Éloïse'],
  ['lastName', 'D’Arc'],
  ['country', 'BE'],
  ['organizationType', 'company'],
  ['password', 'Tr0ub4dor&hostile'],
  ['newPassword', 'Tr0ub4dor&hostile'],
  ['locale', 'fr'],
]

const badFields: Record<string, [string, string | Blob][]> = {
  nothing: [],
  'a field twice': [...good, ['email', 'other@example.org'], ['identifier', 'x'], ['password', 'y']],
  'a file': good.map(([name]) => [name, new File(['x'], 'x.txt')]),
  'an array by name': good.map(([name, value]) => [`${name}[]`, value]),
  NUL: good.map(([name, value]) => [name, `${value}\0`]),
  'ill-formed UTF-16': good.map(([name, value]) => [name, `${value}\ud800`]),
  'a long text': good.map(([name]) => [name, 'x'.repeat(1_000)]),
  'an object': good.map(([name]) => [name, '{"not":""}']),
  'a prototype': [
    ...good.map(([name]): [string, string] => [name, '__proto__']),
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ],
  markup: good.map(([name]) => [name, '<a href=//evil.example>x</a>']),
}

const wires = [
  '',
  'garbage',
  '[]',
  '[null]',
  '7',
  '["$undefined"]',
  '[{"not":""}]',
  '[["a","b"]]',
  '["$n1"]',
  '["$D2020-01-01"]',
]
const references = [
  '["$F1"]',
  '[{},"$Q1"]',
  '["$@9"]',
  '[{},"$K1"',
  '["$B1"]',
  '["$W1"]',
  '["$i1"]',
  '["$1:__proto__"]',
  '[{},{"email":"\\ud800"}]',
]

for (const page of pages) {
  test(`bad fields of ${page} are an ordinary error or refused, and leave no trace`, async ({ service, address }) => {
    const form = await readForm(service.url, `/fr/${page}`)
    const before = await rows(service.databaseUrl)
    for (const [what, fields] of Object.entries(badFields)) {
      const answer = await post(service.url, form, address, { fields: [...form.control, ...fields] })
      expect.soft(answer.status, what).toBe(200)
      expect.soft(await answer.text(), what).toContain('role="alert"')
    }
    expect(await rows(service.databaseUrl)).toEqual(before)
  })

  test(`no bad encoding of ${page} is answered as a fault of ours, nor leaves a trace`, async ({
    service,
    address,
  }) => {
    const form = await readForm(service.url, `/fr/${page}`)
    const before = await rows(service.databaseUrl)
    const [, reference] = form.control
    const multipart = 'multipart/form-data; boundary=x'
    const posts: [string, RawPost][] = [
      ['no body', { body: { content: '', type: multipart } }],
      ['a broken body', { body: { content: 'garbage', type: multipart } }],
      [
        'a truncated body',
        { body: { content: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nfoo', type: multipart } },
      ],
      ['no boundary', { body: { content: 'x', type: 'multipart/form-data' } }],
      ['urlencoded', { body: { content: 'email=a', type: 'application/x-www-form-urlencoded' } }],
      ['text', { body: { content: '["$undefined"]', type: 'text/plain;charset=UTF-8' } }],
      ['a megabyte', { fields: [...form.control, ...good, ['x', 'x'.repeat(1e6)]] }],
      ['no action', { fields: good }],
      [
        'a dangling reference',
        { fields: [['$ACTION_REF_1', ''], ['$ACTION_1:0', `{"id":"${form.actionId}","bound":"$@9"}`], ...good] },
      ],
      ['no state', { fields: [['$ACTION_REF_1', ''], reference ?? ['', ''], ...good] }],
      ['a bare action', { fields: [[`$ACTION_ID_${form.actionId}`, ''], ...good] }],
      ['an unknown action', { fields: [[`$ACTION_ID_40${'a'.repeat(40)}`, ''], ...good] }],
      [
        'an unknown action by header',
        { fields: [['0', '[{},"$K1"]']], headers: { 'next-action': `40${'a'.repeat(40)}` } },
      ],
      ['a path as action', { fields: [['0', '[{}]']], headers: { 'next-action': '../../x' } }],
      ...[...wires, ...references].flatMap((wire): [string, RawPost][] => [
        [
          `state ${wire}`,
          {
            fields: form.control.map(([name, value]): [string, string] => [
              name,
              name === '$ACTION_1:1' ? wire : value,
            ]),
          },
        ],
        [`arguments ${wire}`, { fields: [['0', wire]], headers: { 'next-action': form.actionId } }],
        [
          `arguments as text ${wire}`,
          { body: { content: wire, type: 'text/plain' }, headers: { 'next-action': form.actionId } },
        ],
      ]),
    ]
    for (const [what, sent] of posts) {
      const answer = await post(service.url, form, address, sent)
      expect.soft(answer.status, what).toBeLessThan(500)
      expect.soft(await answer.text(), what).not.toMatch(/at \S+ \(|node_modules/)
    }
    expect(await rows(service.databaseUrl)).toEqual(before)
  })
}

test('only a submission from our own origin is taken', async ({ service, address }) => {
  const form = await readForm(service.url, '/fr/forgot-password')
  const fields = [...form.control, ...good]
  const port = new URL(service.url).port
  const before = await rows(service.databaseUrl)
  const origins = [
    null,
    'null',
    '',
    'https://evil.example',
    `http://LOCALHOST:${port}`,
    `https://localhost:${port}`,
    `http://sub.localhost:${port}`,
    'http://localhost',
    '::::',
  ]
  for (const origin of origins) {
    for (const more of [{}, { 'x-forwarded-host': 'evil.example' }, { forwarded: 'host=evil.example' }]) {
      const answer = await post(service.url, form, address, {
        fields,
        headers: { origin, 'sec-fetch-site': 'cross-site', ...more },
      })
      expect.soft(answer.status, String(origin)).toBe(403)
    }
  }
  expect(await rows(service.databaseUrl)).toEqual(before)
  const own = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil.example' }
  const answer = await post(service.url, form, address, { fields, headers: own })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/forgot-password/sent'])
})

test('no address is answered as a fault of ours, and every page carries the policy', async ({ service }) => {
  const paths = [
    '/fr',
    '/xx',
    '/fr/nothing',
    '/nothing/at/all',
    '/api/x',
    '/.well-known/x',
    '/%00',
    '/%ff',
    '/fr/%E0%A4%A',
    '/fr/reset-password/%00',
    `/fr/reset-password/${'a'.repeat(43)}`,
    `/fr/verify-email/${'a'.repeat(5_000)}`,
    '/_next/image?url=x',
    '/fr/login?locale=__proto__',
    '//evil.example',
    '/fr//evil.example',
    '/dev/mailbox',
    '/dev/mailbox/x',
    '/favicon.ico',
    '/fr/login?x=%0d%0aSet-Cookie:a=b',
  ]
  for (const path of paths) {
    const answer = await fetch(service.url + path, { redirect: 'manual' })
    expect.soft(answer.status, path).toBeLessThan(500)
    if (answer.headers.get('content-type')?.includes('html'))
      expect.soft(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'")
    expect.soft(answer.headers.get('location') ?? '/', path).toMatch(/^\/(?![/\\])/)
  }
  for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
    expect.soft((await fetch(`${service.url}/fr/login`, { method })).status, method).toBe(405)
  }
})

function post(url: string, form: RawForm, address: string, sent: RawPost): Promise<Response> {
  return rawPost(url, form.path, {
    ...sent,
    headers: { 'x-test-address': `${address}-${Math.random()}`, ...sent.headers },
  })
}

/** What a submission could have written, but for the counters of limits and the record of refusals. */
function rows(databaseUrl: string): Promise<Record<string, unknown>[]> {
  return query(
    databaseUrl,
    'SELECT (SELECT count(*) FROM "Account") AS accounts, (SELECT count(*) FROM "Token") AS tokens, (SELECT count(*) FROM "Session") AS sessions, (SELECT count(*) FROM "Mail") AS mails',
  )
}
