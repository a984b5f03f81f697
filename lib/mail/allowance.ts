import { setTimeout as sleep } from 'node:timers/promises'
import { mailPolicy } from '@/lib/accounts/policy'
import { db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { consume, takeTurn } from '@/lib/rate-limit'

const { batchSize, shareOfPlan, turnPatienceMs } = mailPolicy
const day = 86_400

/**
 * Waits for a turn to hand one mail to Resend: four fifths of what the plan allows in a second, over all processes. False
 * at once when too many wait already.
 */
export async function waitForTurn(): Promise<boolean> {
  const spacingMs = 1_000 / (env().mailPlan.perSecond * shareOfPlan)
  const waitMs = await takeTurn(await db(), 'mail', { spacingMs, patienceMs: turnPatienceMs })
  if (waitMs === null) return false
  await sleep(Math.ceil(waitMs))
  return true
}

/**
 * How many mails may be taken up now: a batch, but no more in any 24 hours than four fifths of what the plan allows in a
 * day. That there is no room is logged once a day. Workers that ask at one moment may go beyond it by a batch each.
 */
export async function roomForMail(): Promise<number> {
  const { perDay } = env().mailPlan
  if (perDay === null) return batchSize
  const client = await db()
  const [row] = await client.$queryRaw<[{ used: number }]>`
    SELECT count(*)::int AS "used" FROM "Mail"
    WHERE "state" = 'sent' AND "finishedAt" > now() - interval '1 day' OR "state" = 'waiting' AND "leasedUntil" > now()`
  const room = Math.floor(perDay * shareOfPlan) - row.used
  if (room <= 0 && (await consume(client, 'mail_quota_alarm', 'everybody', [{ max: 1, seconds: day }])))
    logEvent('mail_daily_cap_reached', { used: row.used, quota: perDay })
  return Math.max(0, Math.min(batchSize, room))
}
