import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordIssues } from '@/lib/accounts/codes'
import { judgePassword } from '@/lib/accounts/passwords/judge'
import { judgeClasses } from '@/lib/accounts/passwords/rule'
import { anyText } from '@/tests/support/any-text'

const person = { email: 'lou.mallet@les-plaines.example', firstName: 'Éloïse', lastName: 'Mallet', username: 'lou_42' }
/** Satisfies the rule, and says nothing about anybody. */
const strong = 'Kàfé au lait, 4 fois trop '

test('whatever the password, there is a verdict of the closed list, each fault once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (password) => {
      const issues = await judgePassword(password, person)
      expect(issues).toEqual(passwordIssues.filter((issue) => issues.includes(issue)))
    }),
  )
})

test('no password that will do is shorter, longer or less mixed than the rule says', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.constantFrom('', 'aA1-', strong), async (text, more) => {
      const password = text + more
      if ((await judgePassword(password, person)).length > 0) return
      const points = [...password.normalize('NFKC')]
      expect(points.length).toBeGreaterThanOrEqual(8)
      expect(points.length).toBeLessThanOrEqual(128)
      expect(Buffer.byteLength(points.join(''))).toBeLessThanOrEqual(512)
      for (const kind of [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u])
        expect(points.join('')).toMatch(kind)
    }),
  )
})

test('a space is a special character between others, and none at an end', async () => {
  for (const space of [' ', '\u00a0', '\u3000', '\u1680'])
    for (const password of [`Vqzrtk71${space}`, `${space}Vqzrtk71`, `${space} Vqzrtk71 ${space}`])
      expect(await judgePassword(password, person)).toEqual(['missing_special'])
  expect(await judgePassword('Vqzr tk71 ', person)).toEqual([])
})

test.each([
  ['a zero-width space', '\u200b'],
  ['a left-to-right mark', '\u200e'],
  ['a zero-width joiner at the end', '\u200d'],
  ['a tab', '\t'],
  ['a line end', '\n'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a variation selector', '\ufe0f'],
  ['a Hangul filler', '\u3164'],
  ['an empty braille pattern', '\u2800'],
  ['a line separator', '\u2028'],
  ['a tag', '\u{e0041}'],
  ['a bidi isolate', '\u2068'],
  ['a stand-in for an object', '\ufffc'],
  ['a stand-in for a lost character', '\ufffd'],
  ['a private sign', '\uf8ff'],
  ['a private sign of another plane', '\u{f0000}'],
  ['what is no character', '\ufdd0'],
  ['what is no character, at the end of a plane', '\u{1ffff}'],
  ['what is no character yet', '\u0378'],
  ['a control of hieroglyphs', '\u{13430}'],
  ['a Syriac mark of abbreviation', '\u070f'],
  ['an Arabic sign of a number', '\u0600'],
  ['a musical control', '\u{1d173}'],
  ['half a surrogate pair', '\ud800'],
])('%s in a new password is refused and counts for nothing', async (_, character) => {
  expect(await judgePassword(`kafEetLait74${character}`, person)).toEqual(['unseen', 'missing_special'])
  expect(judgeClasses(`aB3-${character.repeat(4)}`)).toEqual(['unseen', 'too_short'])
  expect(await judgePassword(`Kàfé au${character} lait, 4 fois trop `, person)).toEqual(['unseen'])
})

test.each([
  'Kafé ❤️ 4 fois trop',
  'Kafé ❤️‍🔥 4 fois trop',
  'می‌خواهم Kafe 4-trop',
  'क्‍ष Kafe 4-trop',
  ' Kàfé au lait, 4 fois trop ',
  'Kàfé\u00a0au\u3000lait, 4 fois trop',
])('%j can be typed again, and will do', async (password) => {
  expect(await judgePassword(password, person)).toEqual([])
})

test('composed or taken apart, a password has the same verdict', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const password = strong + text
      const verdicts = await Promise.all(
        (['NFC', 'NFD', 'NFKC'] as const).map((form) => judgePassword(password.normalize(form), person)),
      )
      expect(new Set(verdicts.map(String)).size).toBe(1)
    }),
  )
})

test('wherever somebody’s own words stand in a password, and in whichever case, it is personal', async () => {
  const words = fc.constantFrom('mallet', 'eloise', 'Éloïse', 'MALLET', 'm4ll3t', 'metamots', 'Metamots')
  await fc.assert(
    fc.asyncProperty(words, fc.nat({ max: strong.length }), async (word, place) => {
      const password = strong.slice(0, place) + word + strong.slice(place)
      expect(await judgePassword(password, person)).toContain('personal')
      expect(await judgePassword(strong, person)).toEqual([])
    }),
  )
})
