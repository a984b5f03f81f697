import { findAccount } from '@/lib/accounts/operators/find-account'
import { type Operator, recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'
import { ok, type Result } from '@/lib/result'

/** Ends every session of an account and returns how many there were. The password stays, and known browsers stay known. */
export async function revokeSessions(
  identifier: string,
  operator: Operator,
): Promise<Result<number, 'unknown_account'>> {
  const found = await findAccount(identifier)
  if (!found.ok) return found
  const accountId = found.value
  return transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { accountId } })
    await recordEvent(tx, 'session_expired', { accountId, operator, via: 'revoke_sessions' })
    return ok(count)
  })
}
