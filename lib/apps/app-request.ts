import type { App } from '@/lib/app-list'
import { findApp } from '@/lib/apps/apps'

/** What an application asked for, to be gone back to: a path of this service alone, whoever wrote it. */
export type AppRequest = `oidc/${'auth' | 'end-session'}?${string}`

/** A value as what an application asks for, if it is nothing else. */
export function appRequestOf(value: unknown): AppRequest | undefined {
  return typeof value === 'string' &&
    value.length <= 3_000 &&
    /^oidc\/(?:auth|end-session)\?(?:[\w.~+=&*-]|%[\dA-Fa-f]{2})+$/.test(value)
    ? (value as AppRequest)
    : undefined
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
