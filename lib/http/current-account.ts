import { redirect } from 'next/navigation'
import { cache } from 'react'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'

/** Whoever is signed in with this request, or null. Looked up once per request; every page and action that needs it asks itself. */
export const currentAccount = cache(
  async (): Promise<SessionAccount | null> => findSession(await readCookie('session')),
)

/** Whoever is signed in with this request; leads to the sign-in page in this language when nobody is. */
export async function requireAccount(locale: string): Promise<SessionAccount> {
  return (await currentAccount()) ?? redirect(`/${locale}/login`)
}
