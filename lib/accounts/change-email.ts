import type { Caller } from '@/lib/accounts/caller'
import type { NewEmailProblem } from '@/lib/accounts/codes'
import { lockAccount } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import type { ChangeEmail } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { enqueueNotice } from '@/lib/accounts/notices'
import { limits } from '@/lib/accounts/policy'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { takeAddress } from '@/lib/accounts/take-address'
import { consumeToken, endTaken, findTokenAccount, isToken, peekToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { consume } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Asks for a new address for a signed-in account that knows its password. The address is looked up when the mail is
 * decided: here it costs the same whoever has it. Nothing changes until its link has been followed and confirmed.
 * Throws BusyError when too many passwords are being hashed.
 */
export async function requestNewEmail(
  { id: accountId }: SessionAccount,
  { newEmail, currentPassword }: ChangeEmail,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests' | 'wrong_password'>> {
  const current = await checkCurrentPassword(accountId, currentPassword, caller, 'change_email')
  if (!current.ok) return current
  const client = await db()
  if (!(await consume(client, 'change_email', accountId, limits.changeEmailPerAccount))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { accountId, address: caller.address, via: 'change_email' })
    return fail('too_many_requests')
  }
  const credentialVersion = current.value
  const { device } = caller
  await enqueueIntent(client, locale, { kind: 'address_change', accountId, credentialVersion, email: newEmail, device })
  return ok()
}

/** Whether a link to a new address still serves, or why not. Changes nothing. */
export function peekNewEmail(token: string | null): Promise<'live' | NewEmailProblem> {
  return peekToken<NewEmailProblem>('address_change', token)
}

/**
 * Makes the address that a link was mailed to that of its account, once. In one transaction: the address changed and
 * proved, every link to the former one ended but "this was not me", the former one told. A link that no longer serves is
 * `link_unusable`, also one whose address has become another account's.
 */
export async function redeemNewEmail(
  token: string | null,
  { address, device }: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests' | 'link_unusable'>> {
  const client = await db()
  if (!(await consume(client, 'new_email', address, limits.newEmailPerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address, via: 'new_email' })
    return fail('too_many_requests')
  }
  if (token === null || !isToken(token)) {
    await recordEvent(client, 'sequence_fail', { address, via: 'new_email' })
    return fail('link_unusable')
  }
  return transaction(async (tx) => {
    const accountId = await findTokenAccount(tx, token)
    if (accountId !== null) await lockAccount(tx, accountId)
    const consumed = await consumeToken(tx, 'address_change', token)
    if (accountId === null || !consumed) {
      await recordEvent(tx, 'authn_token_reuse', { accountId, address, via: 'new_email' })
      return fail('link_unusable')
    }
    const former = await takeAddress(tx, accountId, consumed.sentTo)
    if (former === null) {
      await endTaken(tx, token)
      return fail('link_unusable')
    }
    await recordEvent(tx, 'user_updated', { accountId, address, via: 'change_email' })
    await enqueueNotice(tx, locale, 'address_changed', { accountId, sentTo: former, device })
    return ok()
  })
}
