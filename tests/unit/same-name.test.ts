import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalName, sameName } from '@/lib/accounts/canonical'
import { canBeReadAlike } from '@/lib/accounts/names/readings'
import { foldedText } from '@/lib/accounts/passwords/folded-text'
import { anyText } from '@/tests/support/any-text'
import firstNames from '@/tests/unit/names/first-names.json'
import pairs from '@/tests/unit/names/pairs.json'

const listed = (table: Record<string, string[][]>) =>
  Object.entries(table).flatMap(([kind, all]) => all.map(([one = '', other = '']) => [one, other, kind] as const))

test.each(listed(pairs.same))('%j and %j are one name (%s)', (one, other) => {
  expect(sameName(one, other)).toBe(true)
  expect(sameName(other, one)).toBe(true)
})

test.each(listed(pairs.different))('%j and %j are two names (%s)', (one, other) => {
  expect(sameName(one, other)).toBe(false)
  expect(sameName(other, one)).toBe(false)
})

test('of the most common first names of nine languages, two are one only when accents or a Dutch ij make them differ', () => {
  const names = [...new Set(Object.values(firstNames).flatMap((line) => line.split(' ')))]
  const withoutAccents = (name: string) =>
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace('Ł', 'L')
      .replace('ij', 'y')
  const keys = names.map((name) => [canonicalName(name), withoutAccents(name)] as const)
  const clashes = keys.flatMap(([key, plain], at) =>
    keys
      .slice(at + 1)
      .filter(([other, otherPlain]) => plain[0] === otherPlain[0] && canBeReadAlike(key, other) && plain !== otherPlain)
      .map(([, otherPlain]) => `${plain} ${otherPlain}`),
  )
  expect(names.length).toBeGreaterThan(1_000)
  expect(clashes).toEqual([])
})

test('a name has one form, which is its own, and is never empty when there is a letter or a sign', () => {
  const letter = fc.constantFrom(...'aéßüøåÿijełدحةىيوؤئءٰאךяйคํ้เकिन्ঁெளさゞー々漢ケゐሐኃ김-.~−’')
  const name = fc.oneof(anyText, fc.string({ unit: letter, minLength: 1, maxLength: 8 }))
  fc.assert(
    fc.property(name, name, (typed, other) => {
      const key = canonicalName(typed)
      expect(canonicalName(key)).toBe(key)
      expect(sameName(typed, key)).toBe(true)
      expect(sameName(typed, other)).toBe(sameName(other, typed))
      if (/(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}]/u.test(typed)) expect(key).not.toBe('')
    }),
    { numRuns: 1_000 },
  )
})

test('without case, accents and kinds of signs a name is still the same name', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      expect(sameName(foldedText(typed), typed)).toBe(true)
    }),
  )
})

test('names of which every letter is read in two ways are compared in as many steps as both have letters', () => {
  for (const [one, other] of [
    ['ü', 'ue'],
    ['å', 'a'],
    ['öe', 'oee'],
  ] as const) {
    expect(sameName(one.repeat(100), other.repeat(100))).toBe(true)
    expect(sameName(`${one.repeat(100)}x`, `${other.repeat(100)}y`)).toBe(false)
  }
})
