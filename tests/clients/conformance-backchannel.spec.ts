import { expect } from '@playwright/test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { led, ledByAsking } from '@/tests/support/apps/asking'
import { expectRefused, passDoor, doorTest as test } from '@/tests/support/apps/conformance'
import { asked } from '@/tests/support/apps/protocol'

test('oidcc-backchannel-logout-discovery-endpoint-verification: the service tells that it tells applications', async ({
  metadata,
  door,
}) => {
  expect(metadata).toMatchObject({
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    end_session_endpoint: `${door.origin}/oidc/end-session`,
  })
})

test('oidcc-backchannel-rp-initiated-logout: the application is told by a token which session is over', async ({
  given,
}) => {
  const { door, party } = given
  const { idToken, claims, cookie } = await passDoor(given)
  const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: party.bye, state: 'left' })
  expect((await led(door, `/oidc/end-session?${query}`, cookie)).href).toBe(`${party.bye}?state=left`)
  const told = async () => {
    for (const body of party.posted) {
      if (!body.has('logout_token')) continue
      expect([...body.keys()]).toEqual(['logout_token'])
      const keys = createRemoteJWKSet(new URL(`${door.url}/oidc/jwks`))
      const verified = await jwtVerify(body.get('logout_token') ?? '', keys, {
        issuer: door.origin,
        audience: party.id,
      })
      if (verified.payload.sid === claims.sid) return verified
    }
    return null
  }
  await expect.poll(told).not.toBeNull()
  const { payload, protectedHeader } = (await told()) as NonNullable<Awaited<ReturnType<typeof told>>>
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'logout+jwt', kid: expect.any(String) })
  expect(payload).toEqual({
    iss: door.origin,
    aud: party.id,
    sub: claims.sub,
    sid: claims.sid,
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
  expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(120)
  const ask = asked(party, { prompt: 'none' })
  expectRefused(await ledByAsking(door, ask, cookie), door, party, ask, /^login_required$/)
})
