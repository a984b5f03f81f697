import { expect, test } from 'vitest'
import type { Device } from '@/lib/caller'
import { mailTexts } from '@/lib/i18n/catalogues'
import { countries } from '@/lib/i18n/countries'
import { type Locale, locales } from '@/lib/i18n/locales'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { zoneNames } from '@/lib/i18n/zone-name'
import { composeMail } from '@/lib/mail/compose'
import { sampleIn, sampleLetter, sampleLetters } from '@/tests/support/mail/samples'
import { typographyFaults } from '@/tools/message-typography'

test.for(locales)('%s has the texts of the source with the same values', async (locale) => {
  const values = (catalogue: object) =>
    texts(catalogue).map(([key, words]) => [key, (words.match(/\{\w+\}/g) ?? []).sort()])
  expect(values(await mailTexts(locale))).toEqual(values(await mailTexts('fr')))
})

test.for(locales)('every text in %s is used by some mail', async (locale) => {
  const devices = [
    { browser: 'Firefox', system: 'Windows' },
    { browser: null, system: 'Android' },
    { browser: null, system: null },
  ]
  const endless = { ...sampleLetter('reset_blocked'), blockedUntil: null }
  const letters = [
    endless,
    ...devices.flatMap((device) => sampleLetters.map(({ template }) => sampleLetter(template, device))),
  ]
  const mails = await Promise.all(
    letters.map((letter) => composeMail(sampleIn(letter, locale), 'help@metamots.example')),
  )
  const said = mails.map(({ subject, html }) => subject + html).join('')
  for (const [key, words] of texts(await mailTexts(locale))) {
    for (const fragment of words.split(/\{\w+\}/)) expect(said.includes(fragment), key).toBe(true)
  }
})

test.for(locales)('what mails put together in %s is set as its readers are used to', async (locale) => {
  for (const letter of sampleLetters) {
    const { subject, text } = await composeMail(sampleIn(letter, locale))
    const words = text.split('\n').map((line) => line.replace(/https?:\/\/\S+|\d:\d/g, ''))
    const lines = [subject, ...words].filter((line) => line !== '')
    expect(lines.flatMap((line) => typographyFaults(locale, line).map((fault) => `${line} ${fault}`))).toEqual([])
  }
})

test.for<[Locale, string, string]>([
  ['fr', 'Europe/Paris', 'jusqu’au lundi 23 novembre 2026 à 17:35 (heure d’Europe centrale).'],
  ['en', 'Europe/Paris', 'until Monday, 23 November 2026 at 17:35 (Central European Time).'],
  ['de', 'Europe/Berlin', 'bis Montag, 23. November 2026 um 17:35 (Mitteleuropäische Zeit).'],
  ['es', 'Europe/Madrid', 'hasta el lunes, 23 de noviembre de 2026, 17:35 (hora de Europa central).'],
  ['it', 'Europe/Rome', 'fino a lunedì 23 novembre 2026 alle ore 17:35 (Ora dell’Europa centrale).'],
  ['pt', 'Europe/Lisbon', 'até segunda-feira, 23 de novembro de 2026 às 16:35 (Hora da Europa Ocidental).'],
  ['nl', 'Europe/Amsterdam', 'tot maandag 23 november 2026 om 17:35 (Midden-Europese tijd).'],
  ['pl', 'Europe/Warsaw', 'do: poniedziałek, 23 listopada 2026 17:35 (czas środkowoeuropejski).'],
  ['ar', 'Asia/Riyadh', 'حتى الاثنين، 23 نوفمبر 2026 في 7:35 م (التوقيت العربي الرسمي).'],
  ['fr', 'Etc/GMT-1', 'lundi 23 novembre 2026 à 17:35 (UTC+01:00)'],
  ['en', 'Europe/London', 'Monday, 23 November 2026 at 16:35 (Greenwich Mean Time)'],
  ['fr', 'UTC', 'lundi 23 novembre 2026 à 16:35 (UTC)'],
])('in %s and %s, a link works until %s', async ([locale, timeZone, until]) => {
  const { text } = await composeMail({ ...sampleIn(sampleLetter('reset_password'), locale), timeZone })
  expect(text).toContain(until)
})

test.for<[Device, string, string]>([
  [{ browser: 'Firefox', system: 'Windows' }, 'Appareil : Firefox sur Windows\n', 'Device: Firefox on Windows\n'],
  [{ browser: null, system: 'Android' }, 'Appareil : un navigateur sur Android\n', 'Device: a browser on Android\n'],
  [{ browser: 'Opera', system: null }, 'Appareil : Opera\n', 'Device: Opera\n'],
  [{ browser: null, system: null }, 'Appareil : inconnu\n', 'Device: unknown\n'],
])('a device is named in words: %o', async ([device, french, english]) => {
  const letter = sampleLetter('password_changed', device)
  expect((await composeMail(sampleIn(letter, 'fr'))).text).toContain(french)
  expect((await composeMail(sampleIn(letter, 'en'))).text).toContain(english)
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
  const known = await composeMail(sampleIn(sampleLetter('reset_password', { browser: null, system: null })))
  const hostile = await composeMail(sampleIn(sampleLetter('reset_password', { browser: name, system: name })))
  expect(hostile).toEqual(known)
})

test.for([
  ['FR', 'Europe/Paris'],
  ['MA', 'Africa/Casablanca'],
  ['DE', 'Europe/Berlin'],
  ['ES', 'Europe/Madrid'],
  ['PT', 'Europe/Lisbon'],
  ['US', 'America/New_York'],
  ['KZ', 'Asia/Almaty'],
  ['ZZ', 'UTC'],
  ['', 'UTC'],
  ['fr-FR', 'UTC'],
] as const)('the time zone of %s is %s', ([country, timeZone]) => {
  expect(timeZoneOf(country)).toBe(timeZone)
})

test('nobody is told a time of no place: every country has a zone that its people know', () => {
  for (const country of countries) {
    const timeZone = timeZoneOf(country)
    expect(timeZone, country).toMatch(
      /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//,
    )
    expect(zoneNames('en', timeZone)(new Date()), country).not.toBe('UTC')
  }
})

test('a country’s time is one of its own', () => {
  const timesOf = (timeZone: string) =>
    [0, 6].map((month) => new Date(Date.UTC(2026, month, 15)).toLocaleString('en', { timeZone })).join()
  type ZoneInfo = { timeZones?: string[]; getTimeZones?: () => string[] }
  for (const country of countries) {
    const locale: Intl.Locale & ZoneInfo = new Intl.Locale(`und-${country}`)
    const times = (locale.getTimeZones?.() ?? locale.timeZones ?? []).map(timesOf)
    if (times.length > 0) expect(times, country).toContain(timesOf(timeZoneOf(country)))
  }
})

function texts(catalogue: object): [string, string][] {
  return Object.entries(catalogue).flatMap(([section, words]) =>
    Object.entries<string>(words).map(([key, text]): [string, string] => [`${section}.${key}`, text]),
  )
}
