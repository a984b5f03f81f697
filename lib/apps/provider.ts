import type { errors, KoaContextWithOIDC } from 'oidc-provider'
import { Provider } from 'oidc-provider/lib/provider.js'
import type { App } from '@/lib/app-list'
import { accountOf } from '@/lib/apps/claims'
import { type SigningKeys, signingKeys } from '@/lib/apps/keys'
import { grantedScope, reachApp, recordsOf } from '@/lib/apps/records'
import { languageOf, prompts, signInPage } from '@/lib/apps/sign-in-page'
import { env } from '@/lib/env'
import { locales } from '@/lib/i18n/locales'
import { logError, logEvent } from '@/lib/log'
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
    // Nobody's page asks by script: what an application learns, its server asks for.
    clientBasedCORS: () => false,
    ttl: {
      AuthorizationCode: appPolicy.codeSeconds,
      AccessToken: appPolicy.accessTokenSeconds,
      IdToken: appPolicy.idTokenSeconds,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
    cookies: { names: { session: providerCookie } },
    interactions: { url: signInPage, policy: prompts() },
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
  // Each is told of the end of a session by it, or may ask for one.
  made.Client.prototype.includeSid = () => true
  made.on('server_error', (_, error) => logError('oidc_failed', error))
  made.on('authorization.error', noteRefused)
  made.on('grant.error', noteRefused)
  return made
}

function clientOf({ id, name, secret, backchannel_logout_uri, ...uris }: App) {
  return {
    client_id: id,
    client_name: name,
    client_secret: secret,
    redirect_uris: uris.redirect_uris,
    post_logout_redirect_uris: uris.post_logout_redirect_uris,
    ...(backchannel_logout_uri && { backchannel_logout_uri, backchannel_logout_session_required: true }),
  }
}

/** That nobody is signed in is an answer, and no refusal. */
function noteRefused(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  if (error.error.endsWith('_required')) return
  const { error: kind, error_detail: detail, error_description: reason = kind } = error
  logEvent('app_refused', { app: ctx.oidc?.client?.clientId ?? null, error: kind, reason: detail ?? reason })
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
