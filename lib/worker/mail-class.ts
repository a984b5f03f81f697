import type { Transaction } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import type { MailClass } from '@/lib/mail/outbox'
import { consume } from '@/lib/rate-limit'
import type { Decision } from '@/lib/worker/decision'

/**
 * The class of a decided mail that was asked for as one of `asked`. Word that the details did not match only informs; so does
 * that of the first sign-in that is on record, which many have at once after accounts came from elsewhere. Of
 * what comes first one account gets a few a day; then its mails come with those of all, so that it leaves room to others.
 */
export async function classOf(tx: Transaction, decision: Decision, asked: MailClass): Promise<MailClass> {
  if (decision.template === 'request_mismatch') return 3
  if (decision.template === 'new_browser' && (await isFirstKnown(tx, decision.accountId))) return 3
  if (asked > 1 || decision.accountId === null) return asked
  // Apart, so that nobody uses up the other notices by resets or by changes of the password.
  const isOften = decision.template === 'reset_password' || decision.template === 'password_changed'
  const kind = isOften ? decision.template : 'notice'
  return (await consume(tx, 'first_mail', `${kind}:${decision.accountId}`, limits.first_mail)) ? 1 : 2
}

async function isFirstKnown(tx: Transaction, accountId: string | null): Promise<boolean> {
  const names = ['user_created', 'authn_login_success']
  return (await tx.event.count({ where: { accountId, name: { in: names } } })) < 2
}
