import type { App } from '@/lib/app-list'
import { findApp } from '@/lib/apps/apps'

/** What an application asked for, to be gone back to: a path of this service alone, whoever wrote it. */
export type AppRequest = `oidc/${'auth' | 'end-session'}?${string}`

/** A value as what an application asks for, if it is nothing else. */
export function appRequestOf(value: unknown): AppRequest | undefined {
  return typeof value === 'string' && /^oidc\/(?:auth|end-session)\?[\w.~%+=&*-]{1,4000}$/.test(value)
    ? (value as AppRequest)
    : undefined
}

/** The application that asks; null when none of ours does. */
export function appOf(request: AppRequest): App | null {
  return findApp(new URLSearchParams(request.slice(request.indexOf('?'))).get('client_id'))
}
