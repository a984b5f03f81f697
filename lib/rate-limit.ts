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
 * Counts one attempt of `subject` as failed, ahead of its outcome, and returns how many failures that makes, or null when
 * it may not be tried at all: the first failures are free, then the wait doubles, and a day has a hard limit. A refused
 * attempt does not lengthen the wait. One atomic statement. `forgive` forgets the failures when the attempt succeeds,
 * `takeBack` this one when it came to nothing.
 */
export async function attempt(
  db: Transaction,
  action: string,
  subject: string,
  backoff: Backoff,
): Promise<number | null> {
  const { freeFailures, maxWaitSeconds, maxFailuresPerDay } = backoff
  const [row] = await db.$queryRaw<{ allowed: boolean; hits: number }[]>`
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
    RETURNING "allowed", "hits"`
  return row?.allowed === true ? row.hits : null
}

/** Forgets the failures that `attempt` counted. */
export async function forgive(db: Transaction, action: string, subject: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key: limitKey(action, subject) } })
}

/** Takes back one failure that `attempt` counted. A wait that it brought stays, so that nobody can cut waits short. */
export async function takeBack(db: Transaction, action: string, subject: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "RateLimit" SET "hits" = "hits" - 1 WHERE "key" = ${limitKey(action, subject)} AND "hits" > 0`
}

/**
 * Takes the next turn of all who do `action`, and returns in how many milliseconds it comes; null, and no turn taken, when
 * that is more than `patienceMs`. One atomic statement on the database's clock: turns that any number of processes take
 * are never closer than `spacingMs`. Throws when it cannot tell.
 */
export async function takeTurn(
  db: Transaction,
  action: string,
  { spacingMs, patienceMs }: { spacingMs: number; patienceMs: number },
): Promise<number | null> {
  const spacing = Prisma.sql`${spacingMs}::float8 * interval '1 millisecond'`
  const [turn] = await db.$queryRaw<{ waitMs: number }[]>`
    INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt") VALUES (${limitKey(action, 'everybody')}, 1, clock_timestamp() + ${spacing})
    ON CONFLICT ("key") DO UPDATE SET "hits" = kept."hits" + 1, "endsAt" = greatest(kept."endsAt", clock_timestamp()) + ${spacing}
      WHERE kept."endsAt" <= clock_timestamp() + ${patienceMs}::float8 * interval '1 millisecond'
    RETURNING greatest(0, extract(epoch FROM "endsAt" - ${spacing} - clock_timestamp()) * 1000)::float8 AS "waitMs"`
  return turn?.waitMs ?? null
}

function limitKey(action: string, subject: string): string {
  return `${action}:${pseudonym(subject)}`
}
