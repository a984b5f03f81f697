import type { KoaContextWithOIDC } from 'oidc-provider'
import { Provider } from 'oidc-provider/lib/provider.js'
import { identityOfAccount } from '@/lib/accounts/identity'
import type { App } from '@/lib/app-list'
import { appRequestOf } from '@/lib/apps/asked'
import { type SigningKeys, signingKeys } from '@/lib/apps/keys'
import { grantedScope, reachApp, recordsOf } from '@/lib/apps/records'
import { ask } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { isLocale, locales } from '@/lib/i18n/locales'
import { logError } from '@/lib/log'
import { appPolicy } from '@/lib/policy'

/** By which the library is given our session. */
export const providerCookie = 'session'

/** The library keeps a request's context in its module, and each route of a build may have a module of its own. */
const cache = globalThis as { __metamotsProvider?: { of: string; provider: Provider } }

/** The provider of today's keys. */
export async function provider(): Promise<Provider> {
  const keys = await signingKeys()
  const of = JSON.stringify(keys.keys.map(({ kid }) => kid))
  if (cache.__metamotsProvider?.of !== of) cache.__metamotsProvider = { of, provider: makeProvider(keys) }
  return cache.__metamotsProvider.provider
}

function makeProvider(jwks: SigningKeys): Provider {
  const made = new Provider(env().appUrl, {
    adapter: recordsOf,
    jwks: jwks as never,
    clients: env().apps.map(clientOf),
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      userinfo: '/oidc/userinfo',
      jwks: '/oidc/jwks',
      end_session: '/oidc/end-session',
    },
    discovery: {
      end_session_endpoint: `${env().appUrl}/oidc/end-session`,
      request_parameter_supported: false,
      ui_locales_supported: locales,
    },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    scopes: grantedScope.split(' '),
    claims: {
      openid: ['sub', 'sid', 'auth_time', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name', 'name', 'locale'],
    },
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      backchannelLogout: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    pkce: { required: () => true },
    ttl: {
      AuthorizationCode: appPolicy.codeSeconds,
      AccessToken: appPolicy.accessTokenSeconds,
      IdToken: appPolicy.idTokenSeconds,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
    cookies: { names: { session: providerCookie } },
    interactions: { url: signInPage },
    findAccount: async (_, id) => accountOf(id),
    loadExistingGrant,
    expiresWithSession: () => false,
    revokeGrantPolicy: () => false,
    renderError: (ctx, error) => {
      // Programs read no pages, whatever they say that they accept.
      if (['token', 'userinfo'].includes(ctx.oidc?.route)) ctx.body = error
      else {
        ctx.status = 303
        ctx.redirect(`${languageOf(ctx.query.ui_locales)}/app-problem`)
      }
    },
    clientDefaults: { grant_types: ['authorization_code'], response_types: ['code'], require_auth_time: true },
  })
  made.proxy = true
  made.on('server_error', (_, error) => logError('oidc_failed', error))
  return made
}

function clientOf({ id, name, secret, initiate_login_uri, backchannel_logout_uri, ...uris }: App) {
  return {
    client_id: id,
    client_name: name,
    client_secret: secret,
    redirect_uris: uris.redirect_uris,
    post_logout_redirect_uris: uris.post_logout_redirect_uris,
    ...(initiate_login_uri && { initiate_login_uri }),
    ...(backchannel_logout_uri && { backchannel_logout_uri, backchannel_logout_session_required: true }),
  }
}

/** Whoever is not signed in, or is to do it again, comes to the sign-in page, and from there back with the same request. */
function signInPage(ctx: KoaContextWithOIDC): string {
  // A hint of somebody else would not come true by asking again; the application sees who it is.
  const { prompt, max_age, id_token_hint, ...params } = ctx.oidc.params ?? {}
  const again = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') again.set(name, value)
  // A sign-in that is new is recent enough.
  if (Number(max_age) > 60) again.set('max_age', String(max_age))
  const next = appRequestOf(`oidc/auth?${again}`)
  if (!next) return `${languageOf(params.ui_locales)}/app-problem`
  const query = new URLSearchParams({ next, ...(ctx.oidc.session?.accountId && { again: '' }) })
  return `${languageOf(params.ui_locales)}/login?${query}`
}

/** The first of our languages that an application wishes, as paths begin with it; empty where it is left to the browser. */
function languageOf(wished: unknown): string {
  const languages = String(wished ?? '')
    .split(' ')
    .map((tag) => tag.split('-')[0])
  const locale = languages.find((language) => isLocale(language))
  return locale ? `/${locale}` : ''
}

/** The same grant for as long as a session lasts, and nothing to ask. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc
  if (!client || !session) return undefined
  const id = session.grantIdFor(client.clientId) ?? (await reachApp(session.uid, client.clientId))
  if (!id) return undefined
  session.sidFor(client.clientId, id)
  return provider.Grant.find(id)
}

/** What applications are told of an account; undefined when there is none. */
async function accountOf(id: string) {
  const [account] = await ask<{
    id: string
    email: string
    firstName: string
    lastName: string
    locale: string
  }>(Prisma.sql`
    SELECT a."id", ${identityOfAccount}, a."locale" FROM "Account" a WHERE a."id"::text = ${id}`)
  if (!account) return undefined
  const { email, firstName, lastName, locale } = account
  const claims = {
    sub: account.id,
    email,
    email_verified: true,
    given_name: firstName,
    family_name: lastName,
    name: `${firstName} ${lastName}`,
    locale,
  }
  return { accountId: account.id, claims: () => claims }
}
