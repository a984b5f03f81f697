import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import { SignJWT } from 'jose'
import { led, ledByAsking } from '@/tests/support/apps/asking'
import { expectRefused, passDoor, doorTest as test, type Walked } from '@/tests/support/apps/conformance'
import type { Party } from '@/tests/support/apps/party'
import { asked } from '@/tests/support/apps/protocol'

test('oidcc-rp-initiated-logout-discovery-endpoint-verification: the service tells where to sign out', async ({
  metadata,
  door,
}) => {
  expect(metadata.end_session_endpoint).toBe(`${door.origin}/oidc/end-session`)
})

for (const [title, state] of [
  ['oidcc-rp-initiated-logout: whoever signed out is led back with the state, and is out', 'x'.repeat(128)],
  ['oidcc-rp-initiated-logout-no-state: whoever signed out is led back without a state, and is out', null],
] satisfies [string, string | null][])
  test(title, async ({ given }) => {
    const { door, party } = given
    const walked = await passDoor(given)
    const to = await leaving(given, walked, { state })
    expect(to.href).toBe(state === null ? party.bye : `${party.bye}?state=${state}`)
    const ask = asked(party, { prompt: 'none' })
    expectRefused(await ledByAsking(door, ask, walked.cookie), door, party, ask, /^login_required$/)
  })

for (const [title, changes] of [
  [
    'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri: an address that is not the application’s',
    { bad: '/other' },
  ],
  ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri: an address with more than', { bad: '?foo=bar' }],
] satisfies [string, { bad: string }][])
  test(`${title} is not led to`, async ({ given }) => {
    const walked = await passDoor(given)
    const to = await leaving(given, walked, { post_logout_redirect_uri: given.party.bye + changes.bad })
    expect(to.href).toBe(`${given.door.url}/login?signed-out=here`)
  })

test('oidcc-rp-initiated-logout-no-post-logout-redirect-uri: whoever signed out is told so', async ({ given }) => {
  const to = await leaving(given, await passDoor(given), { post_logout_redirect_uri: null })
  expect(to.href).toBe(`${given.door.url}/login?signed-out=here`)
})

for (const [title, changes] of [
  ['oidcc-rp-initiated-logout-no-id-token-hint: without an id token', {}],
  ['oidcc-rp-initiated-logout-no-params: without anything', { post_logout_redirect_uri: null, state: null }],
  ['oidcc-rp-initiated-logout-only-state: with nothing but a state', { post_logout_redirect_uri: null }],
] satisfies [string, Record<string, null>][])
  test(`${title} a page asks whether to sign out, and leads to no other`, async ({ given }) => {
    const walked = await passDoor(given)
    await expectAsked(given, walked, { id_token_hint: null, ...changes })
  })

test('oidcc-rp-initiated-logout-modified-id-token-hint: an id token without a signature proves nothing', async ({
  given,
}) => {
  const walked = await passDoor(given)
  const [, claims] = walked.idToken.split('.')
  const header = Buffer.from('{"alg":"none"}').toString('base64url')
  for (const hint of [`${header}.${claims}.`, `${walked.idToken.slice(0, -8)}AAAAAAAA`])
    await expectAsked(given, walked, { id_token_hint: hint })
})

test('oidcc-rp-initiated-logout-bad-id-token-hint: an id token that another signed proves nothing', async ({
  given,
}) => {
  const walked = await passDoor(given)
  const hint = await new SignJWT(walked.claims).setProtectedHeader({ alg: 'HS256' }).sign(randomBytes(32))
  await expectAsked(given, walked, { id_token_hint: hint })
})

test('a form of an application may ask for a sign-out', async ({ given }) => {
  const { door, party } = given
  const walked = await passDoor(given)
  const body = leave(party, walked, {})
  const headers = { origin: new URL(party.bye).origin, 'sec-fetch-site': 'cross-site' }
  const answer = await fetch(`${door.url}/oidc/end-session`, { method: 'POST', body, headers, redirect: 'manual' })
  expect(answer.status).toBe(303)
  const location = answer.headers.get('location') ?? ''
  expect(location).toBe(`/oidc/end-session?${body}`)
  expect((await led(door, location, walked.cookie)).href).toBe(`${party.bye}?state=left`)
})

type Given = Parameters<typeof passDoor>[0]

/** Where an application’s «sign out» leads. */
function leaving({ door, party }: Given, walked: Walked, changes: Record<string, string | null>): Promise<URL> {
  return led(door, `/oidc/end-session?${leave(party, walked, changes)}`, walked.cookie)
}

function leave({ bye }: Party, { idToken }: Walked, changes: Record<string, string | null>): URLSearchParams {
  const all = { id_token_hint: idToken, post_logout_redirect_uri: bye, state: 'left', ...changes }
  return new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null))
}

/** A page asks, nobody is out meanwhile, and once they are, nothing leads to the application: whether it names itself or not. */
async function expectAsked(given: Given, walked: Walked, changes: Record<string, string | null>): Promise<void> {
  const { door, party } = given
  expect((await leaving(given, walked, changes)).pathname).toBe('/log-out')
  await passDoor({ ...given, changes: { prompt: 'none' }, cookie: walked.cookie })
  const names = typeof changes.id_token_hint === 'string' ? [{}, { client_id: party.id }] : [{}]
  for (const name of names) {
    const to = await led(door, `/oidc/end-session?${leave(party, walked, { ...changes, ...name })}`)
    expect(to.href).toBe(`${door.url}/login?signed-out=here`)
  }
}
