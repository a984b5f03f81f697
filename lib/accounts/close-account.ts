import { allow } from '@/lib/accounts/allow'
import { lockAccountAt } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import type { CloseAccount } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { endSessions } from '@/lib/accounts/sessions'
import { endTokens } from '@/lib/accounts/tokens'
import { type AuditDetail, recordEvent } from '@/lib/audit'
import type { Caller, Device } from '@/lib/caller'
import { db, type Transaction, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { closingGraceSeconds } from '@/lib/policy'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Asks for an account to be closed by somebody signed in who knows its password: at once every session and link ends and
 * a mail is on its way, after seven days the account is erased. Until then its owner can sign in and keep it, and to
 * anybody else it is an account like any other. Asking again changes nothing about when. Throws BusyError when too many
 * passwords are being hashed.
 */
export async function closeAccount(
  accountId: string,
  { currentPassword }: CloseAccount,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'session_ended' | 'too_many_requests' | 'wrong_password'>> {
  const checked = await checkCurrentPassword(accountId, currentPassword, caller, 'close_account')
  if (!checked.ok) return checked
  const { network } = caller
  const allowed = await allow(await db(), 'close_account', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  return transaction(async (tx) => {
    if (!(await lockAccountAt(tx, accountId, checked.value))) return fail('wrong_password')
    await beginClosing(tx, accountId, locale, caller.device, { network })
    return ok()
  })
}

/**
 * Begins the days after which an account is erased: its sessions and links end and its owner is told. False, and nothing
 * done, when they have begun already. Call it under the account's lock.
 */
export async function beginClosing(
  tx: Transaction,
  accountId: string,
  locale: Locale,
  device: Device,
  by: Pick<AuditDetail, 'network' | 'operator'>,
): Promise<boolean> {
  const asked = await tx.$executeRaw`
    UPDATE "Account" SET "closesAt" = now() + ${closingGraceSeconds}::int * interval '1 second'
    WHERE "id" = ${accountId}::uuid AND "closesAt" IS NULL`
  if (asked === 0) return false
  await endSessions(tx, accountId)
  await endTokens(tx, 'password_reset', { accountId }, 'account_closing')
  await recordEvent(tx, 'user_updated', { accountId, via: 'close_account', ...by })
  await enqueueIntent(tx, locale, { kind: 'account_closing', accountId, device })
  return true
}

/** Keeps an account that was to be closed. Harmless when it was not. */
export async function keepAccount(accountId: string, { network }: Caller): Promise<void> {
  await transaction(async (tx) => {
    const kept = await tx.account.updateMany({
      where: { id: accountId, closesAt: { not: null } },
      data: { closesAt: null },
    })
    if (kept.count > 0) await recordEvent(tx, 'user_updated', { accountId, network, via: 'keep_account' })
  })
}
