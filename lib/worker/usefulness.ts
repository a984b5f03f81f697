import { type DecidedMail, isTold } from '@/lib/mail/decided-mail'
import type { LeasedMail } from '@/lib/mail/outbox'
import { mailPolicy, tokenPolicy } from '@/lib/policy'

const { asked, notice } = mailPolicy.usefulSeconds
/** What tells an owner of a change, which matters longer than an answer to whoever asks. */
const notices = [
  'password_changed',
  'address_changed',
  'details_changed',
  'account_disputed',
  'new_browser',
  'account_secured',
  'account_closing',
  'log_in_blocked',
]

/** Whether a mail that could not be handed over is worth another attempt: for some days after it was asked for. */
export function isOfUse({ kind, createdAt, leasedAt }: LeasedMail): boolean {
  const usefulSeconds = notices.includes(kind) ? notice : asked
  return leasedAt.getTime() - createdAt.getTime() < usefulSeconds * 1_000
}

/** Whether the link of a mail has ended by its time, or would soon after it arrived. A change is told whatever became of its link: the page of the link says so. */
export function hasTooLittleLife(mail: DecidedMail, now: Date): boolean {
  if (!('token' in mail) || isTold(mail.template)) return false
  return Date.parse(mail.token.validUntil) - now.getTime() < tokenPolicy.minMailedLifetimeSeconds * 1_000
}
