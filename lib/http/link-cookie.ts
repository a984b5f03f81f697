import { redirect } from 'next/navigation'
import type { LinkProblem } from '@/lib/accounts/codes'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { tokenPolicy } from '@/lib/accounts/policy'
import { isToken } from '@/lib/accounts/tokens'
import { peekVerification } from '@/lib/accounts/verification'
import { clearCookie, readCookie, setCookie } from '@/lib/http/cookies'

/** Takes a mailed token out of the URL into a cookie and forwards to the bare page. Looks nothing up, consumes nothing. */
export async function keepLink(name: 'reset' | 'verify', token: string, page: string): Promise<never> {
  const seconds =
    name === 'reset' ? tokenPolicy.passwordReset.lifetimeSeconds : tokenPolicy.verification.lifetimeSeconds
  if (isToken(token)) await setCookie(name, token, seconds)
  else await clearCookie(name)
  redirect(page)
}

/** Whether the reset link that this browser followed last still serves, or why not. */
export async function resetLinkState(): Promise<'live' | LinkProblem> {
  return peekPasswordReset(await readCookie('reset'))
}

/** The same for the confirmation link. */
export async function verificationLinkState(): Promise<'live' | LinkProblem> {
  return peekVerification(await readCookie('verify'))
}
