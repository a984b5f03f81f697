import { hash } from '@node-rs/argon2'
import { expect, test, vi } from 'vitest'
import { formerHashPolicies } from '@/lib/policy'

const verified = vi.hoisted((): string[] => [])

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<typeof import('@node-rs/argon2')>()
  const verify: typeof original.verify = (passwordHash, ...rest) => {
    verified.push(String(passwordHash).split('$')[3] ?? '')
    return original.verify(passwordHash, ...rest)
  }
  return { ...original, verify }
})

// Before the module that hashes is loaded, as if it stood in the list.
const former = { memoryCost: 512, timeCost: 3, parallelism: 1 }
;(formerHashPolicies as (typeof former)[]).push(former)
const { hashPassword, verifyPassword } = await import('@/lib/accounts/passwords/hashing')

const today = await hashPassword('Tr0ub4dor&3')
const old = await hash('Tr0ub4dor&3', former)

test.each([
  ['a hash of today', today],
  ['a hash by a former policy', old],
  ['no hash', null],
])('%s costs one by each policy, in the same order', async (_, passwordHash) => {
  verified.length = 0
  await verifyPassword(passwordHash, 'another one')
  expect(verified).toEqual([expect.stringContaining('m=1024'), expect.stringContaining('m=512')])
})

test('only the password of a former hash verifies', async () => {
  expect(await verifyPassword(old, 'Tr0ub4dor&3')).toBe(true)
  expect(await verifyPassword(old, 'Tr0ub4dor&4')).toBe(false)
  expect(await verifyPassword(old, 'never anybody’s password')).toBe(false)
})
