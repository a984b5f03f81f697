import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { askUserinfo, ledByAsking, redeemCode } from '@/tests/support/apps/asking'
import { expectRefused, passDoor, doorTest as test } from '@/tests/support/apps/conformance'
import { asked } from '@/tests/support/apps/protocol'
import { joinRaw } from '@/tests/support/http/raw-walks'

for (const [title, changes] of [
  ['oidcc-prompt-login: prompt=login asks for the password once more', { prompt: 'login' }],
  ['oidcc-max-age-1: max_age=1 asks for the password once more', { max_age: '1' }],
] satisfies [string, Record<string, string>][])
  test(title, async ({ given }) => {
    const first = await passDoor(given)
    await sleep(2_000)
    const page = await ledByAsking(given.door, asked(given.party, changes), first.cookie)
    expect(page.pathname).toBe('/login')
    const second = await passDoor({ ...given, changes, cookie: first.cookie })
    expect(second.claims.sub).toBe(first.claims.sub)
    expect(Number(second.claims.auth_time)).toBeGreaterThan(Number(first.claims.auth_time))
    expect(Date.now() / 1_000 - Number(second.claims.auth_time)).toBeLessThan(60)
  })

test('oidcc-prompt-none-not-logged-in: prompt=none shows no page to whoever is not signed in', async ({
  door,
  party,
}) => {
  const ask = asked(party, { prompt: 'none', state: 'x'.repeat(128) })
  expectRefused(await ledByAsking(door, ask), door, party, ask, /^login_required$/)
})

test('oidcc-prompt-none-logged-in: prompt=none leads back whoever is signed in', async ({ given }) => {
  const first = await passDoor(given)
  await sleep(1_100)
  const second = await passDoor({ ...given, changes: { prompt: 'none' }, cookie: first.cookie })
  expectSame(first.claims, second.claims)
})

test('oidcc-max-age-10000: nobody is asked again who signed in lately', async ({ given }) => {
  const first = await passDoor({ ...given, changes: { max_age: '15000' } })
  const second = await passDoor({ ...given, changes: { max_age: '10000', prompt: 'none' }, cookie: first.cookie })
  expectSame(first.claims, second.claims)
})

test('oidcc-id-token-hint: an id token says who is meant, and nobody else is led back', async ({ given }) => {
  const first = await passDoor(given)
  const changes = { prompt: 'none', id_token_hint: first.idToken }
  expectSame(first.claims, (await passDoor({ ...given, changes, cookie: first.cookie })).claims)
  const { door, party } = given
  const other = await passDoor({ ...given, person: await joinRaw(door) })
  const ask = asked(party, changes)
  expectRefused(await ledByAsking(door, ask, other.cookie), door, party, ask, /^login_required$/)
})

test('oidcc-codereuse: a code that is redeemed twice is refused', async ({ given }) => {
  const { code, asked: ask } = await passDoor(given)
  await expectNoGrant(await redeemCode(given.door, given.party, { code, verifier: ask.verifier }))
})

test('oidcc-codereuse-30seconds: a code that comes back later takes away what it gave', async ({ given }) => {
  const { door, party } = given
  const { code, asked: ask, accessToken } = await passDoor(given)
  await sleep(30_000)
  expect((await askUserinfo(door, accessToken)).status).toBe(200)
  await expectNoGrant(await redeemCode(door, party, { code, verifier: ask.verifier }))
  const answer = await askUserinfo(door, accessToken)
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toContain('invalid_token')
})

test('oidcc-ensure-post-request-succeeds: a form of an application may ask', async ({ given }) => {
  const { door, party } = given
  const first = await passDoor(given)
  for (const changes of [{}, { prompt: 'none' }] as Record<string, string>[]) {
    const { query } = asked(party, changes)
    // A browser keeps our cookie from a form of another site, and sends it on where that leads.
    const headers = { origin: new URL(party.callback).origin, 'sec-fetch-site': 'cross-site' }
    const answer = await fetch(`${door.url}/oidc/auth`, { method: 'POST', body: query, headers, redirect: 'manual' })
    expect(answer.status).toBe(303)
    const location = new URL(answer.headers.get('location') ?? '', door.url)
    expect(location.href).toBe(`${door.url}/oidc/auth?${query}`)
    const to = await ledByAsking(door, { query: location.searchParams, verifier: '' }, first.cookie)
    expect(to.searchParams.get('code')).toMatch(/^[\w-]{22,}$/)
  }
})

test('oidcc-refresh-token: no refresh token comes, whatever is asked for', async ({ given }) => {
  expect(given.metadata.grant_types_supported).toEqual(['authorization_code'])
  expect(given.metadata.scopes_supported).not.toContain('offline_access')
  await passDoor({ ...given, changes: { scope: 'openid offline_access' } })
})

function expectSame(first: object, second: object): void {
  const [, ...pairs] = ['', 'sub', 'sid', 'auth_time'].map((name) => [name, (first as Record<string, unknown>)[name]])
  expect(second).toMatchObject(Object.fromEntries(pairs))
}

async function expectNoGrant(answer: Response): Promise<void> {
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toMatchObject({ error: 'invalid_grant' })
}
