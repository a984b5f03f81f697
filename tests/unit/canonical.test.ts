import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalName, canonicalUsername, isSafeName } from '@/lib/accounts/canonical'
import { anyText } from '@/tests/support/any-text'

test.each([
  ['Éloïse', 'eloise'],
  ['E\u0301loi\u0308se', 'ÉLOÏSE'],
  ["D'Arc", 'D’Arc'],
  ["D'Arc", 'd´arc'],
  ["D'Arc", 'D`Arc'],
  ["D'Arc", 'Dʼarc'],
  ['Jean-Luc', 'Jean\u2011Luc'],
  ['Jean-Luc', 'JEAN–LUC'],
  ['Jean-Luc', 'Jean\u00ad-Luc'],
  ['Groß', 'gross'],
  ['Groß', 'GROẞ'],
  ['İnci', 'inci'],
  ['ışık', 'IŞIK'],
  ['ışık', 'isik'],
  ['Œuvré', 'oeuvre'],
  ['ŒUVRÉ', 'œuvré'],
  ['Søren Ærø', 'soren aero'],
  ['Łukasz Đorđe', 'lukasz dorde'],
  ['Anne  Marie', 'anne marie'],
  ['Anne\u00a0Marie', 'Anne Marie'],
  ['\tAnne\u2003\u202fMarie ', 'Anne Marie'],
  ['Ma\u200drie', 'Marie'],
  ['\u2066Ma\u200brie\ufeff', 'marie'],
  ['Ｍａｒｉｅ', 'marie'],
  ['ﬁona', 'Fiona'],
  ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
  ['O', 'o'],
])('%j and %j are one name', (one, other) => {
  expect(canonicalName(one)).toBe(canonicalName(other))
})

test.each([
  ['Jean-Luc', 'Jean Luc'],
  ['Jean', 'Jeanne'],
  ["D'Arc", 'Darc'],
  ['कि', 'की'],
  ['कि', 'क'],
  ['தி', 'தீ'],
  ['محمد', 'محمود'],
  ['王', '玉'],
  ['が', 'か'],
  ['ঁ', ''],
])('%j and %j are two names', (one, other) => {
  expect(canonicalName(one)).not.toBe(canonicalName(other))
})

test.each(['محمد علي', '王小明', '李', 'கி', 'क्षितिज', 'ა', 'Ng', 'madonna', "o'neil-dupont"])(
  '%j, which has neither case nor accent, stays itself',
  (name) => {
    expect(canonicalName(name)).toBe(name.toLowerCase().normalize('NFKC'))
  },
)

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

test('the form of a name is its own form, never grows beyond bounds and never has outer or double spaces', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const key = canonicalName(typed)
      expect(canonicalName(key)).toBe(key)
      expect(key.length).toBeLessThanOrEqual(typed.length * 18)
      expect(key).not.toMatch(/^\s|\s$|\s\s|[A-Z]/)
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
  ['ｍｉｋｅ', 'mike'],
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
  'éloise',
  'a b c',
  '',
])('%j is no user name', (typed) => {
  expect(canonicalUsername(typed)).toBeNull()
})

test.each(["D'Arc", 'D’Arc', 'Jean-Luc', 'Éloïse', 'محمد', '王', 'M', 'Marie Curie', 'St. John', 'Ma\u200drie', 'कि'])(
  '%j may be a name',
  (name) => {
    expect(isSafeName(name)).toBe(true)
  },
)

test.each([
  '<b>x</b>',
  'a>b',
  'see http://evil.example',
  'see WWW.evil.example',
  'a\r\nBcc: eve@evil.example',
  'a\0',
  'a\u0085',
  'a\u001b[31m',
  '\u202egnp.exe',
  '\u2066x\u2069',
])('%j is no name to show', (name) => {
  expect(isSafeName(name)).toBe(false)
})

test('no text makes a user name of other characters, and none makes any of them throw', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      expect(canonicalUsername(typed) ?? 'none').toMatch(/^[a-z0-9._-]{3,32}$/)
      expect(isSafeName(typed)).toBeTypeOf('boolean')
    }),
  )
})
