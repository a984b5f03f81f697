import { cache } from 'react'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'
import { askToSignIn, type ReturnPage } from '@/lib/http/sign-in'

/** Whoever is signed in with this request, or null. Looked up once per request; every page and action that needs it asks itself. */
export const currentAccount = cache(
  async (): Promise<SessionAccount | null> => findSession(await readCookie('session')),
)

/** Whoever is signed in with this request; leads to the sign-in page in this language when nobody is, and from there to `next`. */
export async function requireAccount(locale: string, next?: ReturnPage): Promise<SessionAccount> {
  return (await currentAccount()) ?? askToSignIn(locale, next)
}
