import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { listen } from '@/tests/support/http/listener'

/** Who is signed in to it, by `sid`. */
type SignedIn = { sub: string; accessToken: string; idToken: string; claims: JWTPayload }

/** An application of somebody else's making: openid-client, and what the specification asks of a client on back-channel logout. */
export type ClientApp = {
  url: string
  id: string
  /** For `APPS`. */
  entry: object
  sessions: Map<string, SignedIn>
  /** Once the service that knows it runs. */
  connect(issuer: string): Promise<void>
  /** Where its own «sign in» leads. */
  signInUrl(more?: Record<string, string>): Promise<string>
  /** Where its own «sign out» leads: with the id token of its last session, or without. */
  signOutUrl(isProved: boolean): string
  userinfo(sid: string): Promise<oidc.UserInfoResponse>
  close(): void
}

export async function startClientApp(name: string): Promise<ClientApp> {
  const secret = randomBytes(32).toString('base64url')
  const { url, close } = await listen((request, response) => {
    serve(request, response).catch((error: Error) => {
      response.statusCode = 500
      response.end(`${error.name}: ${error.message} ${JSON.stringify((error as { cause?: unknown }).cause ?? '')}`)
    })
  })
  const waiting = new Map<string, { verifier: string; nonce: string }>()
  let config: oidc.Configuration
  let keys: ReturnType<typeof createRemoteJWKSet>

  const app: ClientApp = {
    url,
    id: name.toLowerCase(),
    entry: {
      id: name.toLowerCase(),
      name,
      secret,
      redirect_uris: [`${url}/callback`],
      post_logout_redirect_uris: [`${url}/bye`],
      initiate_login_uri: `${url}/sign-in`,
      backchannel_logout_uri: `${url}/backchannel`,
    },
    sessions: new Map(),
    async connect(issuer) {
      config = await oidc.discovery(new URL(issuer), name.toLowerCase(), secret, oidc.ClientSecretBasic(secret), {
        execute: [oidc.allowInsecureRequests],
      })
      keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ''))
    },
    async signInUrl(more = {}) {
      const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()]
      waiting.set(state, { verifier, nonce })
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${url}/callback`,
        scope: 'openid profile email',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...more,
      }).href
    },
    signOutUrl(isProved) {
      const last = [...app.sessions.values()].at(-1)
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${url}/bye`,
        state: 'left',
        ...(isProved ? { id_token_hint: last?.idToken ?? '' } : {}),
      }).href
    },
    userinfo: (sid) => {
      const { accessToken, sub } = app.sessions.get(sid) as SignedIn
      return oidc.fetchUserInfo(config, accessToken, sub)
    },
    close,
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const here = new URL(request.url ?? '/', url)
    if (here.pathname === '/callback') response.end(await signIn(here))
    else if (here.pathname === '/backchannel') {
      const body = new URLSearchParams(await text(request))
      response.statusCode = await signOut(body.get('logout_token') ?? '')
      response.end()
    } else if (here.pathname === '/sign-in') {
      response.writeHead(303, { location: await app.signInUrl() })
      response.end()
    } else response.end(here.pathname)
  }

  async function signIn(here: URL): Promise<string> {
    const error = here.searchParams.get('error')
    if (error) return `refused: ${error}`
    const state = here.searchParams.get('state') ?? ''
    const asked = waiting.get(state)
    if (!asked) return 'nobody asked for that'
    const tokens = await oidc.authorizationCodeGrant(config, here, {
      pkceCodeVerifier: asked.verifier,
      expectedState: state,
      expectedNonce: asked.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims() as JWTPayload
    app.sessions.set(String(claims.sid), {
      sub: String(claims.sub),
      accessToken: tokens.access_token,
      idToken: tokens.id_token ?? '',
      claims,
    })
    return `signed in as ${claims.email}`
  }

  async function signOut(token: string): Promise<number> {
    const { payload } = await jwtVerify(token, keys, {
      audience: app.id,
      issuer: config.serverMetadata().issuer,
      typ: 'logout+jwt',
    })
    const events = payload.events as Record<string, unknown>
    if (!events['http://schemas.openid.net/event/backchannel-logout'] || payload.nonce) return 400
    app.sessions.delete(String(payload.sid))
    return 200
  }

  return app
}
