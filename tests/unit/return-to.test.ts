import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appRequestOf } from '@/lib/apps/app-request'
import { returnPathOf } from '@/lib/apps/return-to'

const origin = 'https://account.example.com'

beforeAll(() => {
  process.env.RETURN_TO = '/app/,/wiki/pages/'
  const app = { id: 'shop', name: 'Shop', secret: 's'.repeat(32), redirect_uris: ['https://shop.example.com/'] }
  process.env.APPS = JSON.stringify([app])
})

/** What an address is written with that somebody wants read in two ways. */
const tricks = [
  '/',
  '\\',
  '.',
  '..',
  '%',
  '%2f',
  '%2F',
  '%5c',
  '%2e',
  '%00',
  '\t',
  '\n',
  '@',
  ':',
  '//',
  ';',
  '?',
  '#',
  'app',
  'wiki/pages',
  'evil.example',
  '。',
  '%E3%80%82',
]

test('whatever is asked for, signing in leads below a named path of the same origin, or not there', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...tricks)).map((parts) => `/app/${parts.join('')}`),
  )
  fc.assert(
    fc.property(anything, (asked) => {
      const path = returnPathOf(asked)
      if (path === undefined) return true
      const read = new URL(path, origin)
      // Also by a server that decodes a path before it looks where it leads.
      const again = new URL(decoded(read.pathname), origin)
      return [read, again].every(
        (url) => url.origin === origin && (url.pathname.startsWith('/app/') || url.pathname.startsWith('/wiki/pages/')),
      )
    }),
    { numRuns: 5_000 },
  )
})

test.each(['/app/', '/app/list?page=2&sort=a%20b', '/wiki/pages/Main%20Page', "/app/~robin/it's"])(
  '%s is led back to',
  (path) => {
    expect(returnPathOf(path)).toBe(path)
  },
)

test.each([
  '/apple',
  '/wiki/',
  '//evil.example/app/',
  '/app/../admin',
  '/app/%2e%2e/admin',
  '/app\\evil',
  '/app//evil.example',
  '/app/#',
  undefined,
  ['/app/'],
])('%s is not', (path) => {
  expect(returnPathOf(path)).toBe(undefined)
})

test('what an application asked for leads to the two places of ours alone that answer it', () => {
  expect(appRequestOf('oidc/auth?client_id=shop&scope=openid+email')).toBeDefined()
  expect(appRequestOf('oidc/end-session?client_id=shop')).toBeDefined()
  for (const other of [
    'oidc/token?x=',
    '/oidc/auth?x=',
    'oidc/auth/../x?y=',
    'oidc/auth',
    'oidc/auth?<x>',
    'oidc/auth?x=%20',
    'oidc/auth?x=~',
    'https://evil.example/oidc/auth?x=',
    'oidc/auth?x=\n',
    `oidc/auth?${'x'.repeat(5_000)}=`,
    ['oidc/auth?x='],
    1,
    null,
  ])
    expect(appRequestOf(other), String(other)).toBe(undefined)
})

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
