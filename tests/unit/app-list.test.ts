import { expect, test } from 'vitest'
import { readApps } from '@/lib/app-list'

const shop = { id: 'shop', name: 'Shop', secret: 's'.repeat(32), redirect_uris: ['https://shop.example.com/callback'] }
const ear = {
  events_url: 'https://shop.example.com/events',
  events_secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
}

test('an application needs a name, a secret and somewhere to lead back to', () => {
  expect(readApps(JSON.stringify([shop]))).toEqual([{ ...shop, post_logout_redirect_uris: [] }])
  expect(readApps(JSON.stringify([{ ...shop, ...ear }]))).toEqual([{ ...shop, ...ear, post_logout_redirect_uris: [] }])
  expect(readApps('[]')).toEqual([])
})

test('a list may be on several lines', () => {
  expect(readApps(JSON.stringify([shop], null, '\t'))).toEqual(readApps(JSON.stringify([shop])))
})

test('every fault of a list is said at once, by the id of the application and the key', () => {
  const wrong = {
    id: 'a b',
    name: '',
    secret: 'short',
    redirect_uris: [
      'javascript:alert(1)',
      'http://shop.example.com/',
      'https://Shop.example.com/',
      'https://a@b.example/',
      7,
    ],
    events_url: 'http://inside/events',
  }
  const { redirect_uris: _, ...without } = shop
  const faults = readApps(
    JSON.stringify([{ ...without, redirect_uri: 'x', events_secret: ear.events_secret }, wrong, 'a', shop, shop]),
  )
  expect(faultsIn(faults)).toEqual([
    'redirect_uris of "shop" is missing',
    '"shop" has a key that means nothing here, redirect_uri (the keys are id, name, secret, redirect_uris, post_logout_redirect_uris, initiate_login_uri, backchannel_logout_uri, events_url, events_secret)',
    '"shop" has events_secret without events_url',
    'id of the 2nd application is not 1 to 64 letters, digits, -, _ and dots, the first a letter or a digit',
    'name of the 2nd application is not 1 to 80 characters that can be seen',
    'secret of the 2nd application is not 32 to 200 letters, digits, -, _, ~ and dots (make one with: openssl rand -hex 32)',
    'the 1st of redirect_uris of the 2nd application is no whole address that begins with https://',
    'the 2nd of redirect_uris of the 2nd application is http, and not at localhost or 127.0.0.1',
    'the 3rd of redirect_uris of the 2nd application is not as browsers write it: the name in small letters, no port that is the usual one, no dots for a folder',
    'the 4th of redirect_uris of the 2nd application has a user, a # or another character that it must not have',
    'the 5th of redirect_uris of the 2nd application is no text',
    'the 2nd application has events_url without events_secret (make one with: echo "whsec_$(openssl rand -base64 32)")',
    'the 3rd application is no object in { }',
    'the 1st and the 4th application have one id, "shop"',
    'the 1st and the 5th application have one id, "shop"',
  ])
})

test('what is said of faults quotes no value, nor a key or an id that could be a secret', () => {
  const secret = 'CANARY7f3a'.repeat(4)
  for (const app of [
    { ...shop, [secret]: 1 },
    { ...shop, CANARY: 1 },
    { ...shop, id: secret, secret: 'shop' },
    { ...shop, secret: `${secret}+` },
    { ...shop, name: '', redirect_uris: [`https://shop.example.com/${secret}#`], post_logout_redirect_uris: secret },
    { ...shop, events_secret: secret, events_url: `ftp://${secret}` },
  ])
    for (const text of [
      JSON.stringify([app, app]),
      `[${JSON.stringify(app)},]`,
      `${JSON.stringify([app])} ${secret}`,
    ]) {
      expect(readApps(text)).toEqual(expect.any(String))
      expect(readApps(text)).not.toContain('CANARY')
    }
})

test.each([
  ['', 'it ends too early'],
  ['[{"id":"shop"', 'it ends too early'],
  ['[{ id: "shop" }]', 'character 4 is out of place'],
  ["[{'id': 'shop'}]", 'character 3 is out of place'],
  ['[{"id":"shop"},]', 'character 16 is out of place'],
  ['[1] x', 'character 5 is out of place'],
  ['[{"id":"shop"}\n{"id":"wiki"}]', 'character 1 of line 2 is out of place'],
  ['[{"id":"sh\nop"}]', 'character 8 of line 1 is out of place'],
  ['["\\x", -1.5e3, true, {}, []]', 'character 2 is out of place'],
  ['[-1.5e3, true, {}, [], {"a": null} 1]', 'character 36 is out of place'],
])('where %j stops being JSON is said', (text, where) => {
  expect(readApps(text)).toContain(`is no JSON: ${where}. `)
})

test.each([
  'http://shop.example.com/callback',
  'https://shop.example.com/callback#',
  'https://robin:secret@shop.example.com/',
  'https://*.example.com/',
  'https://shop.example.com/a b',
  ' https://shop.example.com/',
  'https://shop.example.com\\@evil.example/',
  `https://shop.example.com/${'\u0000'}`,
  'com.example.shop:/callback',
])('no application is led back to %j', (uri) => {
  expect(readApps(JSON.stringify([{ ...shop, redirect_uris: [uri] }]))).toEqual(expect.any(String))
})

test.each([
  ['secret', 's'.repeat(31)],
  ['secret', ' '.repeat(32)],
  ['secret', 'é'.repeat(32)],
  ['secret', `${'s'.repeat(32)}+/=`],
  ['name', '  '],
  ['name', 'Shop\u202e'],
  ['name', 'S'.repeat(81)],
  ['events_secret', `whsec_${'A'.repeat(33)}`],
  ['events_secret', `whsec_${'A'.repeat(43)}`],
  ['events_secret', `whsec_${'/'.repeat(43)}=`],
  ['events_secret', `whsec_${'A'.repeat(44)}=`],
])('a %s like %j is refused', (field, value) => {
  expect(readApps(JSON.stringify([{ ...shop, ...ear, [field]: value }]))).toEqual(
    expect.stringContaining(`: ${field} of`),
  )
})

test.each([
  ['no JSON', '{'],
  ['no list', '{}'],
  ['two of one id', JSON.stringify([shop, shop])],
  ['no address', JSON.stringify([{ ...shop, redirect_uris: ['shop.example.com'] }])],
  ['nowhere to lead back to', JSON.stringify([{ ...shop, redirect_uris: [] }])],
  ['an ear without a key', JSON.stringify([{ ...shop, events_url: ear.events_url }])],
  ['a key without an ear', JSON.stringify([{ ...shop, events_secret: ear.events_secret }])],
  ['a key that is too short', JSON.stringify([{ ...shop, ...ear, events_secret: 'whsec_c2hvcnQ=' }])],
])('a list with %s is refused', (_, text) => {
  expect(readApps(text)).toEqual(expect.any(String))
})

/** Each fault by itself. */
function faultsIn(said: unknown): string[] {
  return String(said)
    .replace(/^is wrong in \d+ place\(s\): /, '')
    .split('; ')
}
