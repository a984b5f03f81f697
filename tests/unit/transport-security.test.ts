import { expect, test, vi } from 'vitest'
import { transportSecurity } from '@/lib/http/transport-security'

test.each([
  [undefined, 'max-age=63072000; includeSubDomains; preload'],
  ['', 'max-age=63072000; includeSubDomains; preload'],
  ['preload', 'max-age=63072000; includeSubDomains; preload'],
  ['subdomains\r', 'max-age=63072000; includeSubDomains'],
  [' host', 'max-age=63072000'],
  ['constructor', 'max-age=63072000; includeSubDomains; preload'],
])('with HSTS=%j browsers are told %s', (given, told) => {
  vi.stubEnv('HSTS', given)
  expect(transportSecurity()).toBe(told)
})
