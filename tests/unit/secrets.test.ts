import { expect, test } from 'vitest'
import { deriveToken, purposeKey, randomToken } from '@/lib/secrets'

test('ten thousand derived tokens are distinct, and each of their 256 bits is set in half of them', () => {
  const count = 10_000
  for (const purpose of ['password_reset', 'verification', 'address_change', 'not_me'] as const) {
    const ids = Array.from(
      { length: count },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    )
    const tokens = ids.map((id) => deriveToken(purpose, id, 'a secret that stays, so that this test decides once'))
    expect(new Set(tokens).size).toBe(count)
    expect(bitsOutOf(tokens, 4.5)).toEqual([])
  }
  expect(bitsOutOf(Array(count).fill('A'.repeat(43)), 4.5)).toHaveLength(256)
})

test('a thousand session tokens are 256 bits each and distinct', () => {
  const tokens = Array.from({ length: 1_000 }, () => randomToken())
  expect(new Set(tokens).size).toBe(1_000)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  expect(bitsOutOf(tokens, 6)).toEqual([])
})

test('keys and tokens of two purposes or two secrets have nothing in common', () => {
  const purposes = [
    'password_reset',
    'verification',
    'address_change',
    'not_me',
    'pseudonym',
    'mark',
    'server_actions',
  ] as const
  const keys = ['one', 'two'].flatMap((secret) =>
    purposes.map((purpose) => purposeKey(purpose, secret).toString('hex')),
  )
  expect(new Set(keys).size).toBe(14)
  const tokens = ['one', 'two'].flatMap((secret) =>
    purposes.slice(0, 4).map((purpose) => deriveToken(purpose as 'verification', 'id', secret)),
  )
  expect(new Set(tokens).size).toBe(8)
})

/** Which of 256 bits are set in more or fewer of the tokens than chance allows. */
function bitsOutOf(tokens: string[], sigmas: number): number[] {
  const set = new Array<number>(256).fill(0)
  for (const token of tokens) {
    const bytes = Buffer.from(token, 'base64url')
    for (let bit = 0; bit < 256; bit += 1) set[bit] = (set[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
  }
  const bound = (sigmas * Math.sqrt(tokens.length)) / 2
  return set.flatMap((count, bit) => (Math.abs(count - tokens.length / 2) > bound ? [bit] : []))
}
