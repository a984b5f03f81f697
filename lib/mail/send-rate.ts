import { setTimeout as sleep } from 'node:timers/promises'
import { db, type Transaction, transaction } from '@/lib/db/client'
import { env } from '@/lib/env'
import { limits } from '@/lib/limits'
import { logEvent } from '@/lib/log'
import { type LeasedMail, leaseDueMail, type MailClass } from '@/lib/mail/outbox'
import { mailPolicy } from '@/lib/policy'
import { consume, takeTurn } from '@/lib/rate-limit'

const { batchSize, shareOfPlan, shareForFirst, turnPatienceMs } = mailPolicy

/**
 * Waits for a turn to hand one mail to Resend: four fifths of what the plan allows in a second, over all processes. False
 * at once when too many wait already; resets and notices find a turn where others do not.
 */
export async function waitForTurn(mailClass: MailClass): Promise<boolean> {
  const spacingMs = 1_000 / (env().mailPlan.perSecond * shareOfPlan)
  const waitMs = await takeTurn(await db(), 'mail', { spacingMs, patienceMs: turnPatienceMs[mailClass] })
  if (waitMs === null) return false
  await sleep(Math.ceil(waitMs))
  return true
}

/**
 * Leases due mail as `leaseDueMail` does: a batch, but in any 24 hours no more than four fifths of what the plan allows in
 * a day, of which a fifth is for resets and notices alone. Workers count one after the other, so none exceeds it. That
 * others have no room is logged once a day.
 */
export async function leaseWithinQuota(minAgeMs: number): Promise<LeasedMail[]> {
  const { perDay } = env().mailPlan
  if (perDay === null) return leaseDueMail(batchSize, minAgeMs)
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mail_quota'))`
    const { count, lowestClass } = await roomForMail(tx, perDay)
    return leaseDueMail(count, minAgeMs, lowestClass, tx)
  })
}

async function roomForMail(tx: Transaction, perDay: number): Promise<{ count: number; lowestClass: MailClass }> {
  const [row] = await tx.$queryRaw<[{ used: number }]>`
    SELECT count(*)::int AS "used" FROM "Mail"
    WHERE "state" = 'sent' AND "finishedAt" > now() - interval '1 day' OR "state" = 'waiting' AND "leasedUntil" > now()`
  const plan = Math.floor(perDay * shareOfPlan)
  const roomForAll = Math.floor(plan * (1 - shareForFirst)) - row.used
  if (roomForAll > 0) return { count: Math.min(batchSize, roomForAll), lowestClass: 3 }
  if (await consume(tx, 'mail_quota_alarm', 'everybody', limits.mail_quota_alarm))
    logEvent('mail_daily_cap_reached', { used: row.used, quota: perDay })
  return { count: Math.max(0, Math.min(batchSize, plan - row.used)), lowestClass: 1 }
}
