import { enqueueIntent } from '@/lib/accounts/intents'
import { type AskedPassword, issueToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Device } from '@/lib/caller'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'

type Notice = { accountId: string; sentTo: string; asked: AskedPassword; device: Device }

/**
 * Tells an account at the e-mail it has until now what was done to it, with a link "this was not me" that asks for a
 * password, `asked`. The link is made now, not with the mail: the order of links must be the order of changes. Call it in
 * the transaction that changes, under the account's lock.
 */
export async function enqueueNotice(
  tx: Transaction,
  locale: Locale,
  kind: 'password_changed' | 'address_changed' | 'account_disputed',
  { accountId, sentTo, asked, device }: Notice,
): Promise<void> {
  const { id, expiresAt } = await issueToken(tx, 'not_me', { accountId }, sentTo, asked)
  await recordEvent(tx, 'authn_token_created', { accountId, via: 'not_me' })
  await enqueueIntent(tx, locale, {
    kind,
    accountId,
    sentTo,
    token: { id, validUntil: expiresAt.toISOString() },
    device,
  })
}
