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

test('every fault of a list is named, with its place', () => {
  const faults = readApps(
    JSON.stringify([shop, { id: 'a b', name: '', secret: 'short', redirect_uris: ['javascript:alert(1)'], more: 1 }]),
  )
  for (const place of ['1.id', '1.name', '1.secret', '1.redirect_uris.0', 'more']) expect(faults).toContain(place)
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
])('a %s like %j is refused', (field, value) => {
  expect(readApps(JSON.stringify([{ ...shop, [field]: value }]))).toEqual(expect.any(String))
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
