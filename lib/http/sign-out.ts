import { logOut } from '@/lib/accounts/log-out'
import { clearCookie, readCookie } from '@/lib/http/cookies'

/** Ends the session of this browser, where it has one, and has the browser forget it. Only in actions and routes. */
export async function signOut(): Promise<void> {
  const token = await readCookie('session')
  if (token !== null) await logOut(token)
  await clearCookie('session')
}
