import { randomUUID } from 'node:crypto'
import type { IntentOf } from '@/lib/accounts/intents'
import { findPendingSignUps, keepPendingSignUp, lockEmail } from '@/lib/accounts/pending-sign-ups'
import type { Transaction } from '@/lib/db/client'
import type { Account, PendingSignUp } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { limits } from '@/lib/limits'
import type { Asked } from '@/lib/mail/letter'
import { refuse } from '@/lib/rate-limit'
import { about, type Decision, type Decisions, type Later, newToken } from '@/lib/worker/decision'

export const signUpDecisions = { sign_up: decideSignUp, verification: decideVerification } satisfies Partial<Decisions>

/**
 * A pending sign-up and the link of its e-mail, or word to its owner that the e-mail has an account. Without room for the
 * mail it is kept all the same: the link that is in the mailbox already serves it.
 */
async function decideSignUp(
  tx: Transaction,
  { id = randomUUID(), claim, passwordHash, network = 'unknown', mayMail = true }: IntentOf<'sign_up'>,
  asked: Asked,
  locale: Locale,
): Promise<Decision | null> {
  const { email, ...details } = claim
  await lockEmail(tx, email.key)
  const account = await tx.account.findUnique({ where: { emailKey: email.key } })
  const waiting = { email: email.address, emailKey: email.key, ...details, locale }
  if (!account) await keepPendingSignUp(tx, { id, ...waiting, passwordHash, network, createdAt: new Date(asked.at) })
  return mayMail ? tell(tx, account, waiting, asked) : null
}

/** The link of an e-mail once more, a minute after the last one, as long as a sign-up waits for it. */
async function decideVerification(
  tx: Transaction,
  { email }: IntentOf<'verification'>,
  asked: Asked,
  locale: Locale,
): Promise<Decision | Later | null> {
  await lockEmail(tx, email.key)
  const account = await tx.account.findUnique({ where: { emailKey: email.key } })
  const [pending] = await findPendingSignUps(tx, email.key)
  const found = account ?? pending
  // Whoever confirmed since they asked need not be told that they have an account.
  if (!found || (account && account.verifiedAt >= new Date(asked.at))) return null
  const counted = [{ subject: email.key, windows: limits.verification_mail }]
  const refusal = await refuse(tx, 'verification_mail', counted)
  if (refusal) return { accountId: account?.id ?? null, waitSeconds: refusal.waitSeconds }
  const waiting = { email: found.email, emailKey: email.key, country: found.country, locale }
  return tell(tx, account, waiting, asked)
}

type Waiting = Pick<PendingSignUp, 'email' | 'emailKey' | 'country' | 'locale'>

/** Word to its owner that the e-mail has an account, else the link for who waits for it. */
async function tell(
  tx: Transaction,
  account: Account | null,
  { email, emailKey, country, locale }: Waiting,
  asked: Asked,
): Promise<Decision> {
  if (account) return { template: 'account_exists', ...about(account, asked) }
  const token = await newToken(tx, 'verification', { emailKey }, email)
  const timeZone = timeZoneOf(country)
  return { template: 'verify_address', accountId: null, locale, sentTo: email, timeZone, asked, token }
}
