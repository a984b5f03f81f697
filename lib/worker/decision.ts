import { getNoticeLanguage } from '@/lib/accounts/change-language'
import type { Intent, IntentOf } from '@/lib/accounts/intents'
import type { TokenPurpose } from '@/lib/accounts/mailed-links'
import { type AskedPassword, issueToken, type TokenOwner } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Transaction } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import type { DecidedMail } from '@/lib/mail/decided-mail'
import type { Asked } from '@/lib/mail/letter'
import type { MailClass } from '@/lib/mail/outbox'

/** What was decided: a mail, the account it is about, if there is one, and its language. */
export type Decision = DecidedMail & { accountId: string | null; locale: string }

/**
 * What must wait before it is decided: for how long, the account, if there is one, and the class in which it waits, where that is
 * another. One that waits already for the same account, or else the same e-mail, in the same class will do for it.
 */
export type Later = { accountId: string | null; waitSeconds: number; mailClass?: MailClass }

/** How an intent of one kind is decided: null when nobody is to be told anything. */
type Decide<Kind extends Intent['kind']> = (
  tx: Transaction,
  intent: IntentOf<Kind>,
  asked: Asked,
  locale: Locale,
) => Promise<Decision | Later | null>

export type Decisions = { [Kind in Intent['kind']]: Decide<Kind> }

/** What every mail to an account holds: also its language, for a page that a stranger opened must not decide that. */
export function about({ id, email, country, locale }: Account, asked: Asked) {
  return { accountId: id, locale, sentTo: email, timeZone: timeZoneOf(country), asked }
}

/** The same for a notice of what was done in a session. */
export async function noticeTo(tx: Transaction, account: Account, asked: Asked) {
  return { ...about(account, asked), locale: await getNoticeLanguage(tx, account.id) }
}

/** Issues a token to be mailed, and records that. */
export async function newToken(
  tx: Transaction,
  purpose: TokenPurpose,
  owner: TokenOwner,
  sentTo: string,
  asked?: AskedPassword,
) {
  const token = await issueToken(tx, purpose, owner, sentTo, asked)
  await recordEvent(tx, 'authn_token_created', { ...('accountId' in owner ? owner : {}), via: purpose })
  return { id: token.id, validUntil: token.expiresAt.toISOString() }
}

export function getAccount(tx: Transaction, id: string): Promise<Account> {
  return tx.account.findUniqueOrThrow({ where: { id } })
}
