import { enqueueIntent, type IntentOf, intentInsert, subscriberOf } from '@/lib/accounts/intents'
import { type AskedPassword, issueToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller, Device } from '@/lib/caller'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'

/** What is told: a kind, with what belongs to it alone. */
type Told =
  | Pick<IntentOf<'password_changed' | 'address_changed' | 'account_disputed'>, 'kind'>
  | Pick<IntentOf<'details_changed'>, 'kind' | 'changed'>

type Notice = { accountId: string; sentTo: string; asked: AskedPassword; device: Device }

/**
 * Tells an account at the e-mail it has until now what was done to it, with a link "this was not me" that asks for a
 * password, `asked`. The link is made now, not with the mail: the order of links must be the order of changes. Call it in
 * the transaction that changes, under the account's lock.
 */
export async function enqueueNotice(
  tx: Transaction,
  locale: Locale,
  told: Told,
  { accountId, sentTo, asked, device }: Notice,
): Promise<void> {
  const { id, expiresAt } = await issueToken(tx, 'not_me', { accountId }, sentTo, asked)
  await recordEvent(tx, 'authn_token_created', { accountId, via: 'not_me' })
  await enqueueIntent(tx, locale, {
    ...told,
    accountId,
    sentTo,
    token: { id, validUntil: expiresAt.toISOString() },
    device,
  })
}

/**
 * A notice that a browser signed in which was unknown, at the e-mail that the account has now, as a part of the statement
 * that signs it in. Nothing is changed by that, so its link is made when it is decided, and counts from the sign-in.
 */
export function newBrowserNotice(
  { accountId, email, locale, version }: { accountId: string; email: string; locale: Locale; version: number },
  { network, device }: Caller,
) {
  return intentInsert(locale, {
    kind: 'new_browser',
    accountId,
    credentialVersion: version,
    sentTo: email,
    network: subscriberOf(network),
    device,
  })
}
