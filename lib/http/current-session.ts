import { cache } from 'react'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { readCookie } from '@/lib/http/cookies'

/** Whoever is signed in with this request, or null. Looked up once per request; every page and action that needs it asks itself. */
export const currentSession = cache(async (): Promise<{ account: SessionAccount } | null> => {
  const account = await findSession(await readCookie('session'))
  return account && { account }
})
