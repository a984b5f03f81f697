import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalEmail } from '@/lib/accounts/canonical'
import { shownEmail } from '@/lib/shown-email'
import { anyText } from '@/tests/support/any-text'

test.each([
  'mike@example.org',
  'mike@bücher.example',
  'mike@пример.рф',
  'mike@例え.jp',
  'mike@한국.kr',
  'mike@مثال.example',
  'mike@उदाहरण.example',
  'mike@παράδειγμα.example',
  'mike@faß.example',
  'mike@mail.żółw-24.pl',
  'mike@þórður-æðey.is',
  'mike@việt.vn',
  'mike@œuvre-ẹ̀kọ́.example',
])('%s is shown in its letters', (typed) => {
  expect(shownEmail(canonicalEmail(typed)?.address ?? '')).toBe(typed)
})

test.each([
  ['a Cyrillic а among Latin letters', 'mike@pаypal.example'],
  ['a word that only looks Latin', 'mike@аррӏе.com'],
  ['a Greek omicron among Latin letters', 'mike@gοοgle.example'],
  ['a Cyrillic а in a well-known name', 'mike@gmаil.com'],
  ['a script g', 'mike@ɡoogle.com'],
  ['a Latin alpha', 'mike@exɑmple.com'],
  ['a dotless i', 'mike@gıthub.com'],
  ['a second dot on an i', 'mike@gi̇thub.com'],
  ['a small capital', 'mike@ɢoogle.com'],
  ['a click', 'mike@paypaǀ.com'],
  ['a joiner that nobody sees', 'mike@نامه\u200cای.com'],
])('a domain with %s is shown as it is sent to', (_, typed) => {
  const address = canonicalEmail(typed)?.address ?? ''
  expect(address).toMatch(/@xn--/)
  expect(shownEmail(address)).toBe(address)
})

test('a text that is no e-mail is shown as it is', () => {
  expect(shownEmail('xn--bcher-kva.example')).toBe('xn--bcher-kva.example')
})

test('whatever is shown leads back to the same address', () => {
  fc.assert(
    fc.property(anyText, (host) => {
      const email = canonicalEmail(`mike@${host}.example`)
      if (email) expect(canonicalEmail(shownEmail(email.address))).toEqual(email)
    }),
  )
})
