import { redirect } from 'next/navigation'
import { cache } from 'react'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'

type Session = { account: SessionAccount }

/** Whoever is signed in with this request, or null. Looked up once per request; every page and action that needs it asks itself. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const account = await findSession(await readCookie('session'))
  return account && { account }
})

/** Whoever is signed in with this request; leads to the sign-in page in this language when nobody is. */
export async function requireSession(locale: string): Promise<Session> {
  return (await currentSession()) ?? redirect(`/${locale}/login`)
}
