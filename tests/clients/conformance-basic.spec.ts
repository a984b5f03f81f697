import { expect } from '@playwright/test'
import { askUserinfo, led, ledByAsking } from '@/tests/support/apps/asking'
import { expectRefused, passDoor, doorTest as test, userinfoOf } from '@/tests/support/apps/conformance'
import { asked } from '@/tests/support/apps/protocol'

const ofProfile = ['name', 'given_name', 'family_name', 'locale']

test('oidcc-server: a code leads to tokens that say who it is and nothing that was not asked for', async ({
  given,
}) => {
  const { claims, code, userinfo } = await passDoor(given)
  expect(Object.keys(claims).sort()).toEqual(
    ['amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].sort(),
  )
  expect(Object.keys(userinfo)).toEqual(['sub'])
  expect(new Set(code).size).toBeGreaterThan(15)
  expect((await passDoor(given)).code).not.toBe(code)
})

test('oidcc-response-type-missing: a request without response_type is led back as invalid', async ({ door, party }) => {
  const ask = asked(party, { response_type: null })
  expectRefused(await ledByAsking(door, ask), door, party, ask, /^invalid_request$/)
})

test('oidcc-userinfo-get: who it is can be asked for by GET', async ({ given }) => {
  const { accessToken, claims } = await passDoor(given)
  await userinfoOf(await askUserinfo(given.door, accessToken), claims)
})

test('oidcc-userinfo-post-header: who it is can be asked for by POST', async ({ given }) => {
  const { accessToken, claims } = await passDoor(given)
  await userinfoOf(await askUserinfo(given.door, accessToken, 'POST'), claims)
})

test('oidcc-userinfo-post-body: who it is can be asked for with the token in the body', async ({ given }) => {
  const { accessToken, claims } = await passDoor(given)
  const body = new URLSearchParams({ access_token: accessToken })
  await userinfoOf(await fetch(`${given.door.url}/oidc/userinfo`, { method: 'POST', body }), claims)
})

test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow: no nonce is needed, and none comes', async ({
  given,
}) => {
  expect((await passDoor({ ...given, changes: { nonce: null } })).claims).not.toHaveProperty('nonce')
})

test('oidcc-scope-profile: the scope profile gives the names and the language', async ({ given }) => {
  const { userinfo } = await passDoor({ ...given, changes: { scope: 'openid profile' } })
  expect(Object.keys(userinfo)).toEqual(expect.arrayContaining(ofProfile))
  expect(userinfo).toMatchObject({ given_name: given.person.firstName, family_name: given.person.lastName })
  expect(userinfo).not.toHaveProperty('email')
})

test('oidcc-scope-email: the scope email gives the address, and that it is proved', async ({ given }) => {
  const { userinfo, claims } = await passDoor({ ...given, changes: { scope: 'openid email' } })
  expect(userinfo).toMatchObject({ email: given.person.email, email_verified: true })
  expect(userinfo).not.toHaveProperty('name')
  expect(claims).toMatchObject({ email: given.person.email })
  expect(claims).not.toHaveProperty('name')
})

test('oidcc-scope-all: the scopes give all that there is', async ({ given }) => {
  const { userinfo } = await passDoor({ ...given, changes: { scope: 'openid profile email' } })
  expect(Object.keys(userinfo)).toEqual(expect.arrayContaining([...ofProfile, 'email', 'email_verified']))
})

for (const [title, changes] of [
  ['oidcc-scope-address: the scope address, which is not offered, is passed over', { scope: 'openid address' }],
  ['oidcc-scope-phone: the scope phone, which is not offered, is passed over', { scope: 'openid phone' }],
  ['oidcc-display-page: display=page is no error', { display: 'page' }],
  ['oidcc-display-popup: display=popup is no error', { display: 'popup' }],
  ['oidcc-ensure-request-with-unknown-parameter-succeeds: what nobody knows is passed over', { extra: 'foobar' }],
  ['oidcc-login-hint: a hint of who it is is no error', { login_hint: 'buffy@shop.example' }],
  ['oidcc-claims-locales: languages of claims are no error', { claims_locales: 'se' }],
  ['oidcc-ensure-request-with-acr-values-succeeds: classes of signing in are no error', { acr_values: '1 2' }],
  ['oidcc-ensure-request-with-valid-pkce-succeeds: a code is redeemed by its verifier', {}],
] satisfies [string, Record<string, string>][])
  test(title, async ({ given }) => {
    const { userinfo } = await passDoor({ ...given, changes })
    expect(Object.keys(userinfo)).toEqual(['sub'])
  })

test('oidcc-alternate-happy-flow: neither scopes nor parameters need an order', async ({ given }) => {
  const ask = asked(given.party, { scope: 'email openid' })
  const turned = new URLSearchParams([...ask.query].reverse())
  const page = await led(given.door, `/oidc/auth?${turned}`)
  expect(page.pathname).toBe('/login')
  const { userinfo } = await passDoor({ ...given, changes: { scope: 'email openid' } })
  expect(userinfo).toMatchObject({ email: given.person.email })
})

test('oidcc-ui-locales: the page speaks the first language of ours that is asked for', async ({ given }) => {
  const { door, party } = given
  for (const [wish, path] of [
    ['se de fr', '/de/login'],
    ['pt-BR en', '/pt/login'],
    ['se', '/login'],
  ])
    expect((await ledByAsking(door, asked(party, { ui_locales: wish ?? '' }))).pathname).toBe(path)
  await passDoor({ ...given, changes: { ui_locales: 'se' } })
})

test('oidcc-claims-essential: a claim that is asked for by itself does no harm, and comes with its scope', async ({
  given,
}) => {
  const claims = JSON.stringify({ userinfo: { name: { essential: true } } })
  expect((await passDoor({ ...given, changes: { claims } })).userinfo).not.toHaveProperty('name')
  const { userinfo } = await passDoor({ ...given, changes: { claims, scope: 'openid profile' } })
  expect(userinfo).toHaveProperty('name')
})

test('oidcc-ensure-registered-redirect-uri: an address that is not the application’s is never led to', async ({
  door,
  party,
}) => {
  for (const uri of [`${party.callback}/other`, `${party.callback}?a=b`, 'https://evil.example/', '', null])
    expect((await ledByAsking(door, asked(party, { redirect_uri: uri }))).pathname, `${uri}`).toBe('/app-problem')
  const unknown = asked(party, { client_id: 'nobody', ui_locales: 'de' })
  expect((await ledByAsking(door, unknown)).pathname).toBe('/de/app-problem')
})

test('oidcc-server-client-secret-post: the secret may come in the body', async ({ given }) => {
  await passDoor({ ...given, isBasic: false })
})

test('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: a request object is refused as not supported', async ({
  door,
  party,
}) => {
  const ask = asked(party, { request: unsigned({ client_id: party.id }) })
  expectRefused(await ledByAsking(door, ask), door, party, ask, /^request_not_supported$/)
})

test('oidcc-ensure-request-object-with-redirect-uri: an address beside a request object is held to as well', async ({
  door,
  party,
}) => {
  const request = unsigned({ redirect_uri: party.callback })
  const ask = asked(party, { request, redirect_uri: `${party.callback}/other` })
  expect((await ledByAsking(door, ask)).pathname).toBe('/app-problem')
})

function unsigned(claims: object): string {
  return `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
}
