import { expect, test, vi } from 'vitest'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'

const directives = [
  "default-src 'none'",
  "script-src 'self' 'nonce-?' 'strict-dynamic'",
  "style-src 'self' 'nonce-?'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
]

test.each([
  ['https://account.metamots.example', [...directives, 'upgrade-insecure-requests']],
  [' HTTPS://account.metamots.example ', [...directives, 'upgrade-insecure-requests']],
  ['http://localhost:3000', directives],
  [undefined, directives],
])('the policy at %s says this and no more', (origin, expected) => {
  vi.stubEnv('APP_URL', origin)
  expect(
    contentSecurityPolicy()
      .replaceAll(/nonce-[^']+/g, 'nonce-?')
      .split('; '),
  ).toEqual(expected)
})

test('every policy has a nonce of its own, of 128 bits, the same in both places', () => {
  const nonces = Array.from({ length: 1_000 }, () => {
    const found = new Set(contentSecurityPolicy().match(/(?<='nonce-)[^']+/g))
    expect(found.size).toBe(1)
    return [...found].join()
  })
  expect(new Set(nonces).size).toBe(1_000)
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
})
