import { cache } from 'react'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'
import { askToSignIn, type ReturnPage } from '@/lib/http/sign-in'

/** Whoever is signed in with this request, or null. Looked up once per request; every page and action that needs it asks itself. */
export const currentAccount = cache(async (): Promise<SessionAccount | null> => {
  const session = await readCookie('session')
  if (session === null) return null
  // A page for whoever brings no session does not wait for the client of the database to load.
  const { findSession } = await import('@/lib/accounts/sessions')
  return findSession(session)
})

/** Whoever is signed in with this request; leads to the sign-in page in this language when nobody is, and from there to `next`. */
export async function requireAccount(locale: string, next?: ReturnPage): Promise<SessionAccount> {
  return (await currentAccount()) ?? askToSignIn(locale, next)
}
