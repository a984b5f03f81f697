import type { Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { pseudonym } from '@/lib/keys'

/** At most `max` in a window of `seconds`. */
export type Window = { max: number; seconds: number }
export type Backoff = { freeFailures: number; maxWaitSeconds: number; maxFailuresPerDay: number }

/** Names for the steps of one statement: as many as any limit has windows. */
const names = [Prisma.sql`shortest`, Prisma.sql`longer`, Prisma.sql`longest`]

/**
 * Counts one use of `subject` in each window in turn, the shortest first, and says whether all of them allow it. What
 * one refuses does not count in the longer ones, so impatience does not use up a day. One atomic statement on the
 * database's clock: parallel callers on any number of processes never pass more than `max`. Throws when it cannot count.
 */
export async function consume(
  db: Transaction,
  action: string,
  subject: string,
  windows: readonly Window[],
): Promise<boolean> {
  const steps = windows
    .toSorted((a, b) => a.seconds - b.seconds)
    .map(({ max, seconds }, index) => {
      const key = limitKey(`${action}:${seconds}`, subject)
      const before = index === 0 ? Prisma.sql`(SELECT true AS "open") AS start` : names[index - 1]
      return Prisma.sql`${names[index]} AS (
        INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt")
        SELECT ${key}, 1, now() + ${seconds}::int * interval '1 second' FROM ${before} WHERE "open"
        ON CONFLICT ("key") DO UPDATE SET
          "hits" = CASE WHEN kept."endsAt" <= now() THEN 1 ELSE kept."hits" + 1 END,
          "endsAt" = CASE WHEN kept."endsAt" <= now() THEN excluded."endsAt" ELSE kept."endsAt" END
        RETURNING "hits" <= ${max}::int AS "open")`
    })
  const [last] = await db.$queryRaw<{ open: boolean }[]>`
    WITH ${Prisma.join(steps)} SELECT "open" FROM ${names[windows.length - 1]}`
  return last?.open === true
}

/**
 * Counts one attempt of `subject` as failed, ahead of its outcome, and says whether it may be tried at all: the first
 * failures are free, then the wait doubles, and a day has a hard limit. A refused attempt does not lengthen the wait.
 * One atomic statement; `forgive` takes the count back when the attempt succeeds.
 */
export async function attempt(db: Transaction, action: string, subject: string, backoff: Backoff): Promise<boolean> {
  const { freeFailures, maxWaitSeconds, maxFailuresPerDay } = backoff
  const [row] = await db.$queryRaw<{ allowed: boolean }[]>`
    INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt") VALUES (${limitKey(action, subject)}, 1, now() + interval '1 day')
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "endsAt", "blockedUntil") = (
      SELECT
        CASE WHEN open THEN failures + 1 ELSE failures END,
        open,
        CASE WHEN fresh THEN excluded."endsAt" ELSE kept."endsAt" END,
        CASE WHEN NOT open THEN kept."blockedUntil"
             WHEN failures + 1 >= ${freeFailures}::int
             THEN now() + least(power(2, failures + 1 - ${freeFailures}::int), ${maxWaitSeconds}::int) * interval '1 second' END
      FROM (SELECT kept."endsAt" <= now() AS fresh) AS window_state,
      LATERAL (SELECT CASE WHEN fresh THEN 0 ELSE kept."hits" END AS failures) AS counted,
      LATERAL (SELECT fresh OR (failures < ${maxFailuresPerDay}::int AND coalesce(kept."blockedUntil" <= now(), true)) AS open) AS verdict
    )
    RETURNING "allowed"`
  return row?.allowed === true
}

/** Forgets the failures that `attempt` counted. */
export async function forgive(db: Transaction, action: string, subject: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key: limitKey(action, subject) } })
}

function limitKey(action: string, subject: string): string {
  return `${action}:${pseudonym(subject)}`
}
