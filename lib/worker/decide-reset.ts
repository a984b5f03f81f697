import { refuseRecorded } from '@/lib/accounts/allow'
import { lockAccount } from '@/lib/accounts/credentials'
import { findBlock } from '@/lib/accounts/dispute'
import { matchesIdentity } from '@/lib/accounts/identity'
import type { IntentOf } from '@/lib/accounts/intents'
import type { Transaction } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import type { Asked } from '@/lib/mail/letter'
import { refuse } from '@/lib/rate-limit'
import { about, type Decision, type Decisions, getAccount, type Later, newToken } from '@/lib/worker/decision'

export const resetDecisions = { password_reset: decideReset } satisfies Partial<Decisions>

/** All five fields match: a link, at once or late, or until when the account is blocked. Only the e-mail matches: a mail that says so, at once or a minute later. An unknown e-mail gets nothing. */
async function decideReset(
  tx: Transaction,
  { claim, mayMail = true }: IntentOf<'password_reset'>,
  asked: Asked,
): Promise<Decision | Later | null> {
  const account = await tx.account.findUnique({ where: { emailKey: claim.email.key } })
  if (!account) return null
  const { id: accountId } = account
  // Each has limits of its own: whoever knows only the e-mail must not be able to use up those of its owner.
  if (!matchesIdentity(claim, account)) {
    if (!mayMail) return null
    await lockAccount(tx, accountId)
    if (await isAnswered(tx, accountId, asked.at)) return null
    const counted = [{ subject: accountId, windows: limits.mismatch_mail }]
    const refusal = await refuseRecorded(tx, 'mismatch_mail', counted, { accountId })
    if (refusal) return { accountId, waitSeconds: refusal.waitSeconds, mailClass: 3 }
    return { template: 'request_mismatch', ...about(account, asked) }
  }
  await lockAccount(tx, accountId)
  const locked = await getAccount(tx, accountId)
  // They may have changed since the look. A link by the former ones must not live.
  if (!matchesIdentity(claim, locked)) return null
  if (await isAnswered(tx, accountId, asked.at)) return null
  const waitSeconds = await waitForLink(tx, accountId)
  if (waitSeconds > 0) return { accountId, waitSeconds }
  const block = await findBlock(tx, accountId)
  if (block) return { template: 'reset_blocked', ...about(locked, asked), ...block }
  const token = await newToken(tx, 'password_reset', { accountId }, locked.email)
  return { template: 'reset_password', ...about(locked, asked), token }
}

/** Whether since it was asked for it was answered, as after a second press of the button, or the password was changed. */
async function isAnswered(tx: Transaction, accountId: string, askedAt: string): Promise<boolean> {
  const [answer] = await tx.$queryRaw<[{ isAnswered: boolean }]>`
    SELECT EXISTS (SELECT FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND "version" > 1 AND "changedAt" >= ${askedAt}::timestamptz)
      OR EXISTS (SELECT FROM "Mail" WHERE "accountId" = ${accountId}::uuid AND "template" IN ('reset_password', 'reset_blocked')
        AND "state" = 'sent' AND "finishedAt" >= ${askedAt}::timestamptz) AS "isAnswered"`
  return answer.isAnswered
}

/** Counts a reset mail, and returns how many seconds it must wait. Whoever knows the details gets it late rather than never. */
async function waitForLink(tx: Transaction, accountId: string): Promise<number> {
  const counted = (windows: typeof limits.reset_mail | typeof limits.reset_mail_late) => [
    { subject: accountId, windows },
  ]
  const refusal = await refuseRecorded(tx, 'reset_mail', counted(limits.reset_mail), { accountId })
  const [late] = limits.reset_mail_late
  if (refusal === null || refusal.waitSeconds <= late.seconds) return refusal?.waitSeconds ?? 0
  return (await refuse(tx, 'reset_mail_late', counted(limits.reset_mail_late)))?.waitSeconds ?? 0
}
