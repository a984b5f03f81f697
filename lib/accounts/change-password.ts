import type { Caller } from '@/lib/accounts/caller'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { hashPassword, verifyPassword } from '@/lib/accounts/hashing'
import type { ChangePassword } from '@/lib/accounts/input'
import { judgePassword } from '@/lib/accounts/judge-password'
import { limits } from '@/lib/accounts/policy'
import { type SessionAccount, startSession } from '@/lib/accounts/sessions'
import type { WeakPassword } from '@/lib/accounts/sign-up'
import { recordEvent } from '@/lib/audit'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { consume } from '@/lib/rate-limit'
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
  const client = await db()
  const accountId = account.id
  if (!(await consume(client, 'change_password', accountId, limits.changePasswordPerAccount)))
    return fail('too_many_requests')
  const credential = await client.credential.findUnique({
    where: { accountId },
    select: { passwordHash: true, version: true },
  })
  if (!(await verifyPassword(credential?.passwordHash ?? null, currentPassword)) || !credential) {
    await recordEvent(client, 'authn_password_change_fail', {
      accountId,
      address: caller.address,
      via: 'change_password',
    })
    return fail('wrong_password')
  }
  const issues = await judgePassword(newPassword, account)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(newPassword)

  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    if ((await tx.credential.count({ where: { accountId, version: credential.version } })) !== 1)
      return fail('wrong_password')
    const version = await replacePassword(tx, accountId, passwordHash, caller, locale, 'change_password')
    const token = await startSession(tx, accountId, version, caller.device)
    if (token === null) throw new Error('a session was refused under the lock')
    return ok(token)
  })
}
