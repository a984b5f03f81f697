import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'

test('no address is answered as a fault of ours, and every page carries the policy', async ({ service }) => {
  const paths = [
    '/fr',
    '/xx',
    '/fr/nothing',
    '/nothing/at/all',
    '/api/x',
    '/.well-known/x',
    '/%00',
    '/%ff',
    '/fr/%E0%A4%A',
    '/fr/reset-password/%00',
    `/fr/reset-password/${'a'.repeat(43)}`,
    `/fr/verify-email/${'a'.repeat(5_000)}`,
    `/fr/not-me/${'a'.repeat(43)}`,
    '/fr/new-email/%00',
    '/_next/image?url=x',
    '/fr/login?locale=__proto__',
    '//evil.example',
    '/fr//evil.example',
    '/dev/mailbox',
    '/dev/mailbox/x',
    '/favicon.ico',
    '/fr/login?x=%0d%0aSet-Cookie:a=b',
  ]
  for (const path of paths) {
    const answer = await fetch(service.url + path, { redirect: 'manual' })
    expect.soft(answer.status, path).toBeLessThan(500)
    if (answer.headers.get('content-type')?.includes('html'))
      expect.soft(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'")
    expect.soft(answer.headers.get('location') ?? '/', path).toMatch(/^\/(?![/\\])/)
  }
  for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
    expect.soft((await fetch(`${service.url}/fr/login`, { method })).status, method).toBe(405)
  }
})
