import type { Caller } from '@/lib/accounts/caller'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import { hashPassword } from '@/lib/accounts/hashing'
import type { ChangePassword } from '@/lib/accounts/input'
import { judgePassword } from '@/lib/accounts/judge-password'
import { type SessionAccount, startSession } from '@/lib/accounts/sessions'
import type { WeakPassword } from '@/lib/accounts/sign-up'
import { transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Changes the password of a signed-in account that knows the current one, and returns a fresh session token for this
 * browser; every other session ends. Somebody else's change at the same moment wins as `wrong_password`.
 * Throws BusyError when too many passwords are being hashed.
 */
export async function changePassword(
  account: SessionAccount,
  { currentPassword, newPassword }: ChangePassword,
  caller: Caller,
  locale: Locale,
): Promise<Result<string, 'too_many_requests' | 'wrong_password'> | WeakPassword> {
  const accountId = account.id
  const current = await checkCurrentPassword(accountId, currentPassword, caller, 'change_password')
  if (!current.ok) return current
  const issues = await judgePassword(newPassword, account)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(newPassword)

  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    if ((await tx.credential.count({ where: { accountId, version: current.value } })) !== 1)
      return fail('wrong_password')
    const version = await replacePassword(tx, accountId, passwordHash, caller, locale, 'change_password')
    const token = await startSession(tx, accountId, version, caller.device)
    if (token === null) throw new Error('a session was refused under the lock')
    return ok(token)
  })
}
