import { allow } from '@/lib/accounts/allow'
import { lockAccountAt, replacePassword } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import type { ChangePassword } from '@/lib/accounts/input'
import { makeMark } from '@/lib/accounts/mark'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { judgePassword, type WeakPassword } from '@/lib/accounts/passwords/judge'
import { type SessionAccount, startSession } from '@/lib/accounts/sessions'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Changes the password of a signed-in account that knows the current one, and returns a fresh session token
 * and mark for this browser; every other session ends, and every other browser is unknown again. The tenth wrong one of a
 * day ends every session (`session_ended`). Somebody else's change at the same moment wins as `wrong_password`.
 * Throws BusyError when too many passwords are being hashed.
 */
export async function changePassword(
  account: SessionAccount,
  { currentPassword, newPassword }: ChangePassword,
  caller: Caller,
  locale: Locale,
): Promise<
  Result<{ session: string; mark: string }, 'session_ended' | 'too_many_requests' | 'wrong_password'> | WeakPassword
> {
  const accountId = account.id
  const current = await checkCurrentPassword(accountId, currentPassword, caller, 'change_password')
  if (!current.ok) return current
  const issues = await judgePassword(newPassword, account)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const { network } = caller
  const allowed = await allow(await db(), 'change_password', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  const passwordHash = await hashPassword(newPassword)

  return transaction(async (tx) => {
    if (!(await lockAccountAt(tx, accountId, current.value))) return fail('wrong_password')
    const version = await replacePassword(tx, accountId, passwordHash, caller, locale, 'change_password')
    const session = await startSession(tx, accountId, version, caller.device)
    if (session === null) throw new Error('a session was refused under the lock')
    return ok({ session, mark: makeMark(accountId, version) })
  })
}
