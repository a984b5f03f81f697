import { expect, test, vi } from 'vitest'
import { needsRehash, unusableHash, verifyPassword } from '@/lib/accounts/passwords/hashing'

test('a hash that no password has is as well-formed and as dear as any, and never the same', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const hash = unusableHash()
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(needsRehash(hash)).toBe(false)
  for (const password of ['', hash, 'Tr0ub4dor&3']) expect(await verifyPassword(hash, password)).toBe(false)
  expect(log).not.toHaveBeenCalled()
  expect(await verifyPassword('', 'Tr0ub4dor&3')).toBe(false)
  expect(log.mock.calls.join()).toContain('credential_malformed')
  expect(new Set(Array.from({ length: 100 }, unusableHash)).size).toBe(100)
})
