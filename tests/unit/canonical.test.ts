import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalName, canonicalUsername, hasMarkup } from '@/lib/accounts/canonical'
import { anyText } from '@/tests/support/any-text'

test('every character has one form, which is its own and that of its upper case, composed or not', () => {
  const wrong: string[] = []
  for (let code = 0; code < 0x20000; code += 1) {
    const character = String.fromCodePoint(code)
    const key = canonicalName(character)
    // Greek writes its subscript iota, a mark, as a letter when upper case: two spellings that stay two.
    const upper = character.normalize('NFD').includes('\u0345') ? key : canonicalName(character.toUpperCase())
    const composed = ['NFC', 'NFD'].map((form) => canonicalName(character.normalize(form)))
    if ([canonicalName(key), upper, ...composed].some((form) => form !== key)) wrong.push(`U+${code.toString(16)}`)
  }
  expect(wrong).toEqual([])
})

test('the form of a name never grows beyond bounds and holds no space and no capital', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const key = canonicalName(typed)
      expect(key.length).toBeLessThanOrEqual(typed.length * 18)
      expect(key).not.toMatch(/\s|[A-Z]/)
    }),
    { numRuns: 1_000 },
  )
})

test('composed or taken apart, a name is the same name', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      for (const form of ['NFC', 'NFD']) expect(canonicalName(typed.normalize(form))).toBe(canonicalName(typed))
    }),
  )
})

test.each([
  ['Mike_01', 'mike_01'],
  [' mike.d-arc ', 'mike.d-arc'],
  ['\u200emike\u00a0\ufeff', 'mike'],
  ['ｍｉｋｅ', 'mike'],
  ['bob\u200btest77', 'bobtest77'],
  ['bob\u00adtest77', 'bobtest77'],
  ['bo\u200db\uf8fftest77\uffff', 'bobtest77'],
  ['\tbobtest77\r\n', 'bobtest77'],
  ['a'.repeat(32), 'a'.repeat(32)],
])('the user name %j is known as %j', (typed, key) => {
  expect(canonicalUsername(typed)).toBe(key)
})

test.each([
  'ab',
  'a'.repeat(33),
  'victim@example.org',
  'victim＠example.org',
  'mıke',
  'mike\nx',
  'mik\ufffdx',
  'éloise',
  'a b c',
  '',
])('%j is no user name', (typed) => {
  expect(canonicalUsername(typed)).toBeNull()
})

test.each(["D'Arc", 'D’Arc', 'Jean-Luc', 'Éloïse', 'محمد', '王', 'M', 'Marie Curie', 'St. John', 'Ma\u200drie', 'कि'])(
  '%j may be a name',
  (name) => {
    expect(hasMarkup(name)).toBe(false)
  },
)

test.each(['<b>x</b>', 'a>b', 'see http://evil.example', 'see WWW.evil.example'])('%j is no name to show', (name) => {
  expect(hasMarkup(name)).toBe(true)
})

test('no text makes a user name of other characters, and none makes any of them throw', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      expect(canonicalUsername(typed) ?? 'none').toMatch(/^[a-z0-9._-]{3,32}$/)
      expect(hasMarkup(typed)).toBeTypeOf('boolean')
    }),
  )
})
