import { allowNetwork } from '@/lib/accounts/allow'
import type { SignUp } from '@/lib/accounts/input'
import { enqueueIntent, subscriberOf } from '@/lib/accounts/intents'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { judgeByItself, judgePassword, type WeakPassword } from '@/lib/accounts/passwords/judge'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { ok, type Result } from '@/lib/result'

/**
 * Asks for an account and returns the id of its mail. Costs the same whoever the e-mail belongs to: when the mail is decided, the sign-up is kept until the
 * e-mail is proved, or its owner told that there is an account. A weak password is not counted, unless it takes a look among
 * breached ones to know. Throws BusyError when too many passwords are being hashed.
 */
export async function signUp(
  input: SignUp,
  caller: Caller,
  locale: Locale,
): Promise<Result<string, 'too_many_requests'> | WeakPassword> {
  const client = await db()
  const { password, ...claim } = input
  const person = { ...claim, email: claim.email.address }
  const faults = await judgeByItself(password, person)
  if (faults.length > 0) return { ok: false, code: 'weak_password', issues: faults }
  const allowed = await allowNetwork(client, 'sign_up', caller.network)
  if (!allowed.ok) return allowed
  const issues = await judgePassword(password, person)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(password)
  const { network, device } = caller
  const intent = { kind: 'sign_up', claim, passwordHash, device, network: subscriberOf(network) } as const
  return ok(await enqueueIntent(client, locale, intent, network))
}
