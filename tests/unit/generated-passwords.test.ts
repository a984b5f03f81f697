import { dictionary as leaked } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCommonPassword } from '@/lib/accounts/passwords/common'
import { commonWords } from '@/lib/accounts/passwords/common-words'
import { judgeClasses } from '@/lib/accounts/passwords/rule'

const lower = [...'abcdefghijklmnopqrstuvwxyz']
const upper = lower.map((letter) => letter.toUpperCase())
const digits = [...'0123456789']
const specials = [...'!@#$%^&*-_=+?.:;']

test('no usual change to a common word makes it good', async () => {
  const words = [...(await commonWords())].filter((word) => /^[a-z]{5,12}$/.test(word))
  const change = fc.record({
    word: fc.constantFrom(...words),
    capitals: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    signs: fc.constantFrom('', 'ao', 'es', 'i'),
    before: fc.constantFrom('', '!', '1', '#', '**'),
    number: fc.constantFrom('', '1', '59', '007', '2024', '1234567', '24121985'),
    after: fc.constantFrom('', '!', '$', '!!'),
  })
  const signFor: Record<string, string> = { a: '@', o: '0', e: '3', s: '$', i: '1' }
  await fc.assert(
    fc.asyncProperty(change, async ({ word, capitals, signs, before, number, after }) => {
      fc.pre(before.length + after.length <= 2 || before === '' || before[0] === after[0])
      const letters = [...word].map((letter, index) => (capitals[index] ? letter.toUpperCase() : letter))
      const core = letters.map((letter) => (signs.includes(letter) ? (signFor[letter] ?? letter) : letter)).join('')
      fc.pre(core.replace(/[^a-z]/gi, '').length * 2 >= core.length && !(before === '1' && number.length > 4))
      expect(await isCommonPassword(before + core + number + after)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('what a password manager draws will do', async () => {
  const drawn = fc
    .array(fc.constantFrom(...lower, ...upper, ...digits, ...specials), { minLength: 14, maxLength: 64 })
    .map((characters) => characters.join(''))
    .filter((password) => judgeClasses(password).length === 0)
  await fc.assert(
    fc.asyncProperty(drawn, async (password) => {
      expect(await isCommonPassword(password)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('four words drawn by dice will do', async () => {
  const dice = fc.constantFrom(...leaked['diceware-common'].filter((word) => word.length >= 4))
  const phrase = fc.tuple(fc.uniqueArray(dice, { minLength: 4, maxLength: 7 }), fc.constantFrom(' ', '-', '.', ''))
  await fc.assert(
    fc.asyncProperty(phrase, async ([words, separator]) => {
      expect(await isCommonPassword(`${words.join(separator)}A1!`)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('spelling a password in composed or decomposed characters changes nothing', async () => {
  for (const password of ['Été2024!', 'Hélène1!', 'Un vélo 7 fois décomposé!'])
    expect(await isCommonPassword(password.normalize('NFD'))).toBe(await isCommonPassword(password.normalize('NFC')))
})

test.for([
  '4@8({[</369&#!1/|0$5+7%2/4@8({[</369&#!1/|0$5+7%2/'.repeat(3),
  `${'1'.repeat(63)}aA${'!'.repeat(63)}`,
  `${'1'.repeat(19)}aA${'!'.repeat(19)}`,
  `${'12'.repeat(9)}aA${'@a'.repeat(10)}`,
  `${'0 '.repeat(9)}aA${'0 '.repeat(9)}`,
  '0 '.repeat(20),
  `${'0 '.repeat(31)}aA${' 0'.repeat(31)}`,
  `${'ab'.repeat(62)}aA1!`,
  `${'a'.repeat(125)}A1!`,
  `${'😀'.repeat(124)}aA1!`,
  'ﷺ'.repeat(128),
  'qwertyuiopasdfghjklzxcvbnm'.repeat(5),
])('the hostile password %# costs less than 20 ms', async (hostile) => {
  const password = [...hostile].slice(0, 128).join('')
  await commonWords()
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now()
    await isCommonPassword(password)
    times.push(performance.now() - start)
  }
  expect(Math.min(...times)).toBeLessThan(20)
})
