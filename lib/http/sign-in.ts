import { setCookie } from '@/lib/http/cookies'
import { markSeconds } from '@/lib/policy'

/** Keeps in the browser what a sign-in gave it: its session, and the mark by which it is known again. Only in actions and routes. */
export async function keepSignIn({ session, mark }: { session: string; mark: string }): Promise<void> {
  await setCookie('session', session)
  await setCookie('device', mark, markSeconds)
}
