import { lockAccount } from '@/lib/accounts/credentials'
import { isDisputed } from '@/lib/accounts/dispute'
import { resetRequestSchema } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { findAccount } from '@/lib/accounts/operators/find-account'
import { type Operator, recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

const noDevice = { browser: null, system: null }

/**
 * Has the ordinary reset link mailed to the e-mail of an account, in its language, as if its owner had asked with the
 * right details: the same limits make it late. Returns the id of the mail. `blocked`: its e-mail is disputed, and then
 * nobody gets a link.
 */
export async function sendReset(
  identifier: string,
  operator: Operator,
): Promise<Result<string, 'unknown_account' | 'blocked'>> {
  const found = await findAccount(identifier)
  if (!found.ok) return found
  const accountId = found.value
  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    const account = await tx.account.findUnique({ where: { id: accountId } })
    if (!account) return fail('unknown_account')
    if (await isDisputed(tx, accountId)) return fail('blocked')
    await recordEvent(tx, 'authz_admin', { accountId, operator, via: 'send_reset' })
    const intent = { kind: 'password_reset', claim: resetRequestSchema.parse(account), device: noDevice } as const
    return ok(await enqueueIntent(tx, account.locale as Locale, intent))
  })
}
