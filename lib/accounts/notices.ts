import type { Device } from '@/lib/accounts/caller'
import { enqueueIntent } from '@/lib/accounts/intents'
import { issueToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'

/**
 * Tells an account at the address it has until now that its password or address was changed, with a link "this was not me".
 * The link is made here and not with the mail: its place among others must be that of the change. Call it in the
 * transaction that changes, under the account's lock.
 */
export async function enqueueNotice(
  tx: Transaction,
  locale: Locale,
  kind: 'password_changed' | 'address_changed',
  { accountId, sentTo, device }: { accountId: string; sentTo: string; device: Device },
): Promise<void> {
  const { id, expiresAt } = await issueToken(tx, 'not_me', accountId, sentTo)
  await recordEvent(tx, 'authn_token_created', { accountId, via: 'not_me' })
  await enqueueIntent(tx, locale, {
    kind,
    accountId,
    sentTo,
    token: { id, validUntil: expiresAt.toISOString() },
    device,
  })
}
