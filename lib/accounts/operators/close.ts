import { beginClosing } from '@/lib/accounts/close-account'
import { lockAccount } from '@/lib/accounts/credentials'
import { findAccount } from '@/lib/accounts/operators/find-account'
import type { Operator } from '@/lib/audit'
import { transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

const noDevice = { browser: null, system: null }

/**
 * Closes an account as its owner does: its sessions and links end, its owner is told and can keep it for seven days.
 * Returns when it will be erased. `closing_already`: somebody has asked before, and the day is the one from then.
 */
export async function closeByOperator(
  identifier: string,
  operator: Operator,
): Promise<Result<Date, 'unknown_account' | 'closing_already'>> {
  const found = await findAccount(identifier)
  if (!found.ok) return found
  const accountId = found.value
  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    const account = await tx.account.findUnique({ where: { id: accountId }, select: { locale: true } })
    if (!account) return fail('unknown_account')
    if (!(await beginClosing(tx, accountId, account.locale as Locale, noDevice, { operator })))
      return fail('closing_already')
    const { closesAt } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { closesAt: true } })
    if (closesAt === null) throw new Error('an account that closes has no day')
    return ok(closesAt)
  })
}
