import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { type RawPost, readForm } from '@/tests/support/http/forms'
import { goodFields, post, rows } from '@/tests/support/http/hostile-posts'
import { holdMail } from '@/tests/support/mail/swept-mail'

const pages = ['login', 'signup', 'forgot-password']

const badFields: Record<string, [string, string | Blob][]> = {
  nothing: [],
  'a field twice': [...goodFields, ['email', 'other@example.org'], ['identifier', 'x'], ['password', 'y']],
  'an array by name': goodFields.map(([name, value]) => [`${name}[]`, value]),
  NUL: goodFields.map(([name, value]) => [name, `${value}\0`]),
  'ill-formed UTF-16': goodFields.map(([name, value]) => [name, `${value}\ud800`]),
  'a long text': goodFields.map(([name]) => [name, 'x'.repeat(1_000)]),
  'an object': goodFields.map(([name]) => [name, '{"not":""}']),
  'a prototype': [
    ...goodFields.map(([name]): [string, string] => [name, '__proto__']),
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ],
  markup: goodFields.map(([name]) => [name, '<a href=//evil.example>x</a>']),
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
    await holdMail(service)
    const before = await rows(service.databaseUrl)
    for (const [what, fields] of Object.entries(badFields)) {
      const answer = await post(service.url, form, address, { fields: [...form.control, ...fields] })
      expect.soft(answer.status, what).toBe(200)
      expect.soft(await answer.text(), what).toContain('role="alert"')
    }
    const file = goodFields.map(([name]): [string, Blob] => [name, new File(['x'], 'x.txt')])
    expect((await post(service.url, form, address, { fields: [...form.control, ...file] })).status).toBe(400)
    expect(await rows(service.databaseUrl)).toEqual(before)
  })

  test(`no bad encoding of ${page} is answered as a fault of ours, nor leaves a trace`, async ({
    service,
    address,
  }) => {
    const form = await readForm(service.url, `/fr/${page}`)
    await holdMail(service)
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
      ['a megabyte', { fields: [...form.control, ...goodFields, ['x', 'x'.repeat(1e6)]] }],
      ['no action', { fields: goodFields }],
      [
        'a dangling reference',
        { fields: [['$ACTION_REF_1', ''], ['$ACTION_1:0', `{"id":"${form.actionId}","bound":"$@9"}`], ...goodFields] },
      ],
      ['no state', { fields: [['$ACTION_REF_1', ''], reference ?? ['', ''], ...goodFields] }],
      ['a bare action', { fields: [[`$ACTION_ID_${form.actionId}`, ''], ...goodFields] }],
      ['an unknown action', { fields: [[`$ACTION_ID_40${'a'.repeat(40)}`, ''], ...goodFields] }],
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
