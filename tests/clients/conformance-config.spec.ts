import { expect } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { passDoor, doorTest as test } from '@/tests/support/apps/conformance'
import { asked } from '@/tests/support/apps/protocol'

test('oidcc-discovery-endpoint-verification: the service tells of itself what is true, and nothing else', async ({
  metadata,
  door,
}) => {
  const here = door.origin
  expect(metadata).toEqual({
    issuer: here,
    authorization_endpoint: `${here}/oidc/auth`,
    token_endpoint: `${here}/oidc/token`,
    userinfo_endpoint: `${here}/oidc/userinfo`,
    jwks_uri: `${here}/oidc/jwks`,
    end_session_endpoint: `${here}/oidc/end-session`,
    response_types_supported: ['code'],
    response_modes_supported: ['form_post', 'fragment', 'query'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    scopes_supported: ['openid', 'profile', 'email'],
    claims_supported: expect.arrayContaining(['sub', 'sid', 'auth_time', 'amr', 'email', 'name', 'iss']),
    claim_types_supported: ['normal'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    ui_locales_supported: locales,
  })
  const { keys } = (await (await fetch(`${here}/oidc/jwks`)).json()) as { keys: Record<string, string>[] }
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
  for (const { use, alg, d } of keys) expect([use, alg, d]).toEqual(['sig', expect.any(String), undefined])
})

for (const scripts of [true, false]) {
  test.describe(() => {
    test.use({ javaScriptEnabled: scripts })

    test(`an application gets its answer by a form where it wants that, ${scripts ? 'with' : 'without'} JavaScript`, async ({
      page,
      given,
    }) => {
      const { door, party } = given
      const { cookie } = await passDoor(given)
      const [, name = '', value = ''] = /(session)=([^;]+)/.exec(cookie) ?? []
      await page.context().addCookies([{ name, value, url: door.url }])
      const { query } = asked(party, { response_mode: 'form_post' })
      await page.goto(`${door.url}/oidc/auth?${query}`)
      if (!scripts) await page.getByRole('button').click()
      await expect(page).toHaveURL(party.callback)
      expect(Object.fromEntries(party.posted.at(-1) ?? [])).toMatchObject({
        code: expect.stringMatching(/^[\w-]{22,}$/),
        state: query.get('state'),
      })
    })
  })
}
