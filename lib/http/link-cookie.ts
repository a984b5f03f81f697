import { redirect } from 'next/navigation'
import { peekNewEmail } from '@/lib/accounts/change-email'
import type { LinkProblem, NewEmailProblem, NotMeProblem } from '@/lib/accounts/codes'
import { peekNotMe } from '@/lib/accounts/not-me'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { tokenPolicy } from '@/lib/accounts/policy'
import { isToken } from '@/lib/accounts/tokens'
import { peekVerification } from '@/lib/accounts/verification'
import { clearCookie, readCookie, setCookie } from '@/lib/http/cookies'

const lifetimes = {
  reset: tokenPolicy.passwordReset.lifetimeSeconds,
  verify: tokenPolicy.verification.lifetimeSeconds,
  'new-email': tokenPolicy.addressChange.lifetimeSeconds,
  'not-me': tokenPolicy.notMe.lifetimeSeconds,
}

/** Takes a mailed token out of the URL into a cookie and forwards to the bare page. Looks nothing up, consumes nothing. */
export async function keepLink(name: keyof typeof lifetimes, token: string, page: string): Promise<never> {
  if (isToken(token)) await setCookie(name, token, lifetimes[name])
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

/** The same for the link to a new address. */
export async function newEmailLinkState(): Promise<'live' | NewEmailProblem> {
  return peekNewEmail(await readCookie('new-email'))
}

/** The same for the link "this was not me". */
export async function notMeLinkState(): Promise<'live' | NotMeProblem> {
  return peekNotMe(await readCookie('not-me'))
}
