import { expect } from '@playwright/test'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { type Service, startAnother, stopService } from '@/tests/support/app/service'
import { askUserinfo, ledByAsking, redeemCode, signedInAt } from '@/tests/support/apps/asking'
import { type Party, startParty } from '@/tests/support/apps/party'
import { type AskedFor, asked } from '@/tests/support/apps/protocol'
import { test as base } from '@/tests/support/browser/test'
import { joinRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'

type Names = { [name: string]: unknown }

/** A service with an application, and somebody who has an account, for all tests of a worker. */
type Door = { door: Service; party: Party; person: Person; metadata: Names }

export const doorTest = base.extend<object, Door & { given: Door }>({
  party: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
    async ({}, use) => {
      const party = await startParty('shop')
      await use(party)
      party.close()
    },
    { scope: 'worker' },
  ],
  door: [
    async ({ service, party }, use) => {
      const door = await startAnother(service, { APPS: JSON.stringify([party.entry]) })
      await use(door)
      await stopService(door)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  person: [async ({ door }, use) => use(await joinRaw(door)), { scope: 'worker', timeout: 60_000 }],
  metadata: [
    async ({ door }, use) => {
      const answer = await fetch(`${door.url}/.well-known/openid-configuration`)
      await use((await answer.json()) as Names)
    },
    { scope: 'worker' },
  ],
  given: [
    async ({ door, party, person, metadata }, use) => use({ door, party, person, metadata }),
    { scope: 'worker' },
  ],
})

/** What a whole way through the door gave. */
export type Walked = {
  asked: AskedFor
  cookie: string
  code: string
  idToken: string
  accessToken: string
  claims: JWTPayload
  userinfo: Names
}

type How = Pick<Door, 'door' | 'party' | 'person'> & {
  changes?: Record<string, string | null>
  cookie?: string
  isBasic?: boolean
}

/** Goes the whole way, signing in where that is asked for, and holds all that every module does. */
export async function passDoor({ door, party, person, changes, cookie = '', isBasic = true }: How): Promise<Walked> {
  const ask = asked(party, changes)
  const first = await ledByAsking(door, ask, cookie)
  const { to, cookie: kept } = first.pathname.endsWith('/login')
    ? await signedInAt(door, first, person, cookie)
    : { to: first, cookie }
  const code = codeOf(to, door, party, ask)
  const tokens = await tokensOf(await redeemCode(door, party, { code, verifier: ask.verifier, isBasic }))
  const claims = await claimsOf(tokens, door, party, ask)
  const userinfo = await userinfoOf(await askUserinfo(door, tokens.access_token), claims)
  return {
    asked: ask,
    cookie: kept,
    code,
    idToken: tokens.id_token,
    accessToken: tokens.access_token,
    claims,
    userinfo,
  }
}

function codeOf(to: URL, door: Service, party: Party, { query }: AskedFor): string {
  expect(to.origin + to.pathname).toBe(party.callback)
  expect(Object.fromEntries(to.searchParams)).toEqual({
    code: expect.stringMatching(/^[\w-]{22,}$/),
    state: query.get('state'),
    iss: door.origin,
  })
  return String(to.searchParams.get('code'))
}

type Tokens = { access_token: string; id_token: string }

async function tokensOf(answer: Response): Promise<Tokens> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const tokens = (await answer.json()) as Names
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: expect.any(String) })
  expect(tokens).not.toHaveProperty('refresh_token')
  return tokens as Tokens
}

async function claimsOf(tokens: Tokens, door: Service, party: Party, { query }: AskedFor): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(
    tokens.id_token,
    createRemoteJWKSet(new URL(`${door.url}/oidc/jwks`)),
    { issuer: door.origin, audience: party.id, requiredClaims: ['sub', 'iat', 'exp', 'sid', 'auth_time'] },
  )
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) })
  expect(payload).toMatchObject({ aud: party.id, amr: ['pwd'] })
  // It may be left out, and where it is there it must be right: this service leaves it out.
  expect(payload).not.toHaveProperty('at_hash')
  expect(payload.nonce).toBe(query.get('nonce') ?? undefined)
  expect(Number(payload.auth_time)).toBeLessThanOrEqual(Date.now() / 1_000 + 1)
  return payload
}

/** What is said of whom it is, in the form that it must have. */
export async function userinfoOf(answer: Response, { sub }: JWTPayload): Promise<Names> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const userinfo = (await answer.json()) as Names
  expect(userinfo.sub).toBe(sub)
  return userinfo
}

/** Holds that a request was led back with an error, and with nothing else but what may explain it. */
export function expectRefused(to: URL, door: Service, party: Party, { query }: AskedFor, error: RegExp): void {
  expect(to.origin + to.pathname).toBe(party.callback)
  const { error_description = '', ...told } = Object.fromEntries(to.searchParams)
  expect(error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/)
  expect(told).toEqual({
    error: expect.stringMatching(error),
    state: query.get('state'),
    iss: door.origin,
  })
}
