import type { IntentOf } from '@/lib/accounts/intents'
import { findPendingSignUps, keepPendingSignUp, lockEmail } from '@/lib/accounts/pending-sign-ups'
import type { Transaction } from '@/lib/db/client'
import type { Account, PendingSignUp } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { limits } from '@/lib/limits'
import type { Asked } from '@/lib/mail/letter'
import { consume } from '@/lib/rate-limit'
import { about, type Decision, type Decisions, newToken } from '@/lib/worker/decision'
import { mayMail } from '@/lib/worker/may-mail'

export const signUpDecisions = { sign_up: decideSignUp, verification: decideVerification } satisfies Partial<Decisions>

/**
 * A pending sign-up and the link of its e-mail, or word to its owner that the e-mail has an account. Beyond the limit of
 * mails it is kept all the same: the link that is in the mailbox already serves it.
 */
async function decideSignUp(
  tx: Transaction,
  { claim, passwordHash, network = 'unknown' }: IntentOf<'sign_up'>,
  asked: Asked,
  locale: Locale,
): Promise<Decision | null> {
  const { email, ...details } = claim
  await lockEmail(tx, email.key)
  const account = await tx.account.findUnique({ where: { emailKey: email.key } })
  const waiting = { email: email.address, emailKey: email.key, ...details, locale }
  if (!account) await keepPendingSignUp(tx, { ...waiting, passwordHash, network, createdAt: new Date(asked.at) })
  return tell(tx, 'sign_up_mail', account, waiting, asked)
}

/** The link of an e-mail once more, as long as a sign-up waits for it. */
async function decideVerification(
  tx: Transaction,
  { email }: IntentOf<'verification'>,
  asked: Asked,
  locale: Locale,
): Promise<Decision | null> {
  await lockEmail(tx, email.key)
  const account = await tx.account.findUnique({ where: { emailKey: email.key } })
  const [pending] = await findPendingSignUps(tx, email.key)
  const found = account ?? pending
  if (!found) return null
  const waiting = { email: found.email, emailKey: email.key, country: found.country, locale }
  return tell(tx, 'verification_mail', account, waiting, asked)
}

type Waiting = Pick<PendingSignUp, 'email' | 'emailKey' | 'country' | 'locale'>

/** Word to its owner that the e-mail has an account, else the link for who waits for it. Null beyond a limit of mails. */
async function tell(
  tx: Transaction,
  limit: 'sign_up_mail' | 'verification_mail',
  account: Account | null,
  { email, emailKey, country, locale }: Waiting,
  asked: Asked,
): Promise<Decision | null> {
  if (!(await consume(tx, limit, emailKey, limits[limit]))) return null
  // The same whoever has the e-mail, or what is left for its tags would tell.
  if (!(await mayMail(tx, emailKey, true))) return null
  if (account) return { template: 'account_exists', ...about(account, asked) }
  const token = await newToken(tx, 'verification', { emailKey }, email)
  const timeZone = timeZoneOf(country)
  return { template: 'verify_address', accountId: null, locale, sentTo: email, timeZone, asked, token }
}
