import type { App } from '@/lib/app-list'
import { findApp, hasApps } from '@/lib/apps/apps'

/** What an application asked for, to be gone back to: a path of this service alone, whoever wrote it. */
export type AppRequest = `oidc/${'auth' | 'end-session'}?${string}`

/**
 * A value as what an application asks for, if it is nothing else and written as we write it, so that it grows no more than it has; never where no
 * application is named.
 */
export function appRequestOf(value: unknown): AppRequest | undefined {
  if (!hasApps() || typeof value !== 'string' || value.length > 3_000) return undefined
  const [, query] = /^oidc\/(?:auth|end-session)\?(.+)$/.exec(value) ?? []
  return query !== undefined && String(new URLSearchParams(query)) === query ? (value as AppRequest) : undefined
}

/** Whom an application expects; empty where it does not say. */
export function hintIn(request: AppRequest): string {
  return (queryOf(request).get('login_hint') ?? '').slice(0, 254)
}

/** The same without whom it expects, once somebody has signed in: nothing that more addresses should hold. */
export function withoutHint(request: AppRequest): AppRequest {
  const query = queryOf(request)
  query.delete('login_hint')
  return `${request.startsWith('oidc/auth') ? 'oidc/auth' : 'oidc/end-session'}?${query}`
}

/** The application that asks; null when none of ours does. */
export function appOf(request: AppRequest): App | null {
  return findApp(queryOf(request).get('client_id'))
}

/** What an application asked for. */
export function queryOf(request: AppRequest): URLSearchParams {
  return new URLSearchParams(request.slice(request.indexOf('?')))
}
