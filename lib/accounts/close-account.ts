import type { Caller } from '@/lib/accounts/caller'
import { lockAccount } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import type { CloseAccount } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { closingGraceSeconds } from '@/lib/accounts/policy'
import { endSessions } from '@/lib/accounts/sessions'
import { endTokens } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
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
): Promise<Result<undefined, 'too_many_requests' | 'wrong_password'>> {
  const checked = await checkCurrentPassword(accountId, currentPassword, caller, 'close_account')
  if (!checked.ok) return checked
  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    if ((await tx.credential.count({ where: { accountId, version: checked.value } })) !== 1)
      return fail('wrong_password')
    const asked = await tx.$executeRaw`
      UPDATE "Account" SET "closesAt" = now() + ${closingGraceSeconds}::int * interval '1 second'
      WHERE "id" = ${accountId}::uuid AND "closesAt" IS NULL`
    if (asked === 0) return ok()
    await endSessions(tx, accountId)
    await endTokens(tx, 'password_reset', accountId, 'account_closing')
    await endTokens(tx, 'verification', accountId, 'account_closing')
    await recordEvent(tx, 'user_updated', { accountId, address: caller.address, via: 'close_account' })
    await enqueueIntent(tx, locale, { kind: 'account_closing', accountId, device: caller.device })
    return ok()
  })
}

/** Keeps an account that was to be closed. Harmless when it was not. */
export async function keepAccount(accountId: string, { address }: Caller): Promise<void> {
  await transaction(async (tx) => {
    const kept = await tx.account.updateMany({
      where: { id: accountId, closesAt: { not: null } },
      data: { closesAt: null },
    })
    if (kept.count > 0) await recordEvent(tx, 'user_updated', { accountId, address, via: 'keep_account' })
  })
}
