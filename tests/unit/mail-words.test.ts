import { expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import type { Device } from '@/lib/mail/letter'
import { timeZoneOf } from '@/lib/mail/time-zone'
import en from '@/messages/mail/en.json'
import fr from '@/messages/mail/fr.json'
import { sampleEnvelope, sampleLetter, sampleLetters } from '@/tests/support/mail-samples'

const catalogues = { fr, en }

test('every language has the same texts with the same values', () => {
  const values = (catalogue: object) =>
    texts(catalogue).map(([key, words]) => [key, (words.match(/\{\w+\}/g) ?? []).sort()])
  for (const locale of locales) expect(values(catalogues[locale]), locale).toEqual(values(fr))
})

test('every text is used by some mail', async () => {
  for (const locale of locales) {
    const devices = [
      { browser: 'Firefox', system: 'Windows' },
      { browser: null, system: 'Android' },
      { browser: null, system: null },
    ]
    const letters = devices.flatMap((device) => sampleLetters.map(({ template }) => sampleLetter(template, device)))
    const mails = await Promise.all(letters.map((letter) => composeMail(sampleEnvelope(letter, locale))))
    const said = mails.map(({ subject, html }) => subject + html).join('')
    for (const [key, words] of texts(catalogues[locale])) {
      for (const fragment of words.split(/\{\w+\}/)) expect(said.includes(fragment), `${locale} ${key}`).toBe(true)
    }
  }
})

test('French mails have French typography', async () => {
  for (const letter of sampleLetters) {
    const { subject, text } = await composeMail(sampleEnvelope(letter, 'fr'))
    const words = `${subject}\n${text}`.replace(/https?:\/\/\S+/g, '').replace(/\d:\d/g, '')
    expect(words).not.toMatch(/['"]|[^\u202f][:;!?]|\.\.\./)
  }
})

test('English mails have English typography', async () => {
  for (const letter of sampleLetters) {
    const { subject, text } = await composeMail(sampleEnvelope(letter, 'en'))
    expect(`${subject}\n${text}`).not.toMatch(/['"]|\s[:;!?]|\.\.\./)
  }
})

test.for([
  ['fr', 'Europe/Paris', 'lundi 23 novembre 2026 à 17:35 (heure d’Europe centrale)'],
  ['en', 'Europe/Paris', 'Monday, November 23, 2026 at 5:35 PM (Central European Time)'],
  ['fr', 'Africa/Casablanca', 'lundi 23 novembre 2026 à 17:35 (UTC+01:00)'],
  ['en', 'Europe/London', 'Monday, November 23, 2026 at 4:35 PM (Greenwich Mean Time)'],
  ['fr', 'UTC', 'lundi 23 novembre 2026 à 16:35 (UTC)'],
] as const)('in %s and %s, a link works until %s', async ([locale, timeZone, until]) => {
  const { text } = await composeMail({ ...sampleEnvelope(sampleLetter('reset_password'), locale), timeZone })
  expect(text).toContain(until)
})

test.for<[Device, string, string]>([
  [{ browser: 'Firefox', system: 'Windows' }, 'depuis Firefox sur Windows.', 'from Firefox on Windows.'],
  [{ browser: null, system: 'Android' }, 'depuis un navigateur sur Android.', 'from a browser on Android.'],
  [{ browser: 'Opera', system: null }, 'depuis Opera.', 'from Opera.'],
  [{ browser: null, system: null }, 'depuis un appareil inconnu.', 'from an unknown device.'],
])('a device is named in words: %o', async ([device, french, english]) => {
  const letter = sampleLetter('password_changed', device)
  expect((await composeMail(sampleEnvelope(letter, 'fr'))).text).toContain(french)
  expect((await composeMail(sampleEnvelope(letter, 'en'))).text).toContain(english)
})

test.for([
  '<script>alert(1)</script>',
  '<a href=//evil.example>x</a>',
  'https://evil.example',
  'evil.example',
  'evil{browser}',
  '\u202eelpmaxe',
  'evil\r\nBcc: evil@example.com',
  'evil '.repeat(20),
])('a device that calls itself %j is an unknown one', async (name) => {
  const known = await composeMail(sampleEnvelope(sampleLetter('reset_password', { browser: null, system: null })))
  const hostile = await composeMail(sampleEnvelope(sampleLetter('reset_password', { browser: name, system: name })))
  expect(hostile).toEqual(known)
})

test.for([
  ['FR', 'Europe/Paris'],
  ['MA', 'Africa/Casablanca'],
  ['DE', 'Europe/Berlin'],
  ['ES', 'UTC'],
  ['US', 'UTC'],
  ['ZZ', 'UTC'],
  ['', 'UTC'],
  ['fr-FR', 'UTC'],
] as const)('the time zone of %s is %s', ([country, timeZone]) => {
  expect(timeZoneOf(country)).toBe(timeZone)
})

function texts(catalogue: object): [string, string][] {
  return Object.entries(catalogue).flatMap(([section, words]) =>
    Object.entries<string>(words).map(([key, text]): [string, string] => [`${section}.${key}`, text]),
  )
}
