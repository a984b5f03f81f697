import type { Caller } from '@/lib/accounts/caller'
import type { PasswordIssue } from '@/lib/accounts/codes'
import { hashPassword } from '@/lib/accounts/hashing'
import type { SignUp } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { judgePassword } from '@/lib/accounts/judge-password'
import { limits } from '@/lib/accounts/policy'
import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { consume } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

/** A password that will not do, with all that is wrong with it. */
export type WeakPassword = { ok: false; code: 'weak_password'; issues: PasswordIssue[] }

/**
 * Asks for an account. Costs the same whoever the address belongs to: the account is made, or its owner told that there
 * is one, when the mail is decided. Throws BusyError when too many passwords are being hashed.
 */
export async function signUp(
  input: SignUp,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests'> | WeakPassword> {
  const client = await db()
  const { password, ...claim } = input
  if (!(await consume(client, 'sign_up', caller.address, limits.signUpPerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address: caller.address, via: 'sign_up' })
    return fail('too_many_requests')
  }
  const issues = await judgePassword(password, { ...claim, email: claim.email.address })
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(password)
  await enqueueIntent(client, locale, { kind: 'sign_up', claim, passwordHash, device: caller.device })
  return ok()
}
