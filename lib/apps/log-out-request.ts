import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWK } from 'jose'
import type { App } from '@/lib/app-list'
import { findApp } from '@/lib/apps/apps'
import { signingKeys } from '@/lib/apps/keys'
import { env } from '@/lib/env'
import { isTooLong } from '@/lib/long-address'

/** What an application asks for that signs somebody out: which one, of which session in it, and where that leads. Null for what is not known to be true. */
export type LogOutRequest = { app: App | null; appSessionId: string | null; to: string | null }

/**
 * Reads a request of OpenID Connect RP-Initiated Logout 1.0. An id token is believed by its signature however old it is; where the
 * browser is led is one of the addresses of the application, or nowhere, as where that would be too long with its state.
 */
export async function readLogOutRequest(query: URLSearchParams): Promise<LogOutRequest> {
  const hint = await readHint(query.get('id_token_hint'))
  // What comes with something forged leads nowhere, even where it would without.
  if (query.has('id_token_hint') && !hint) return { app: null, appSessionId: null, to: null }
  const named = findApp(query.get('client_id') ?? hint?.app.id)
  const app = hint && named && hint.app.id !== named.id ? null : named
  const uri = query.get('post_logout_redirect_uri')
  const to = app && uri !== null && app.post_logout_redirect_uris.includes(uri) ? new URL(uri) : null
  const state = query.get('state')
  if (to && state !== null) to.searchParams.set('state', state)
  return { app, appSessionId: app && hint ? hint.appSessionId : null, to: to && !isTooLong(to.href) ? to.href : null }
}

/** The same request without its proof, which has been judged: nothing that an address should hold. */
export function withoutProof(query: URLSearchParams, app: App | null): URLSearchParams {
  const again = new URLSearchParams(app ? { client_id: app.id } : {})
  for (const name of ['post_logout_redirect_uri', 'state']) {
    const value = query.get(name)
    if (app && value !== null) again.set(name, value)
  }
  return again
}

async function readHint(token: string | null): Promise<{ app: App; appSessionId: string } | null> {
  if (token === null) return null
  try {
    await compactVerify(token, createLocalJWKSet(await publicKeys()))
    const { iss, aud, sid } = decodeJwt(token)
    const app = findApp(aud)
    return app && iss === env().appUrl && typeof sid === 'string' ? { app, appSessionId: sid } : null
  } catch {
    return null
  }
}

async function publicKeys(): Promise<JSONWebKeySet> {
  const { keys } = await signingKeys()
  return { keys: keys.map(({ kid, alg, kty, n, e }) => ({ kid, alg, kty, n, e }) as JWK) }
}
