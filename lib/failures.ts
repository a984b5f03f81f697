import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { limitKey } from '@/lib/rate-limit'

/** What is open until a window of `seconds` ends: the first uses are free, then the wait doubles from a second up to the cap. */
export type Waits = { free: number; maxWaitSeconds: number; max: number; seconds: number }

/** The same for the failures of a day. */
type Budget = { freeFailures: number; maxWaitSeconds: number; maxFailuresPerDay: number }

/** Failures in a row, over days, whichever budgets they are of: `max` of them end what only the budget would allow. */
type Row = { action: string; max: number; seconds: number }

/** Of what, by whom. */
export type Tried = { action: string; subject: string; row: Row }

const day = 86_400

/** In SQL, without its `RETURNING`: counts one use under a key if one is open now; `allowed` then says whether it was. */
export function countOpen(key: string, { free, maxWaitSeconds, max, seconds }: Waits): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt") VALUES (${key}, 1, now() + ${seconds}::int * interval '1 second')
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "endsAt", "blockedUntil") = (
      SELECT
        CASE WHEN open THEN failures + 1 ELSE failures END,
        open,
        CASE WHEN fresh THEN excluded."endsAt" ELSE kept."endsAt" END,
        CASE WHEN NOT open THEN kept."blockedUntil"
             WHEN failures + 1 >= ${free}::int
             THEN now() + least(power(2, failures + 1 - ${free}::int), ${maxWaitSeconds}::int) * interval '1 second' END
      FROM (SELECT kept."endsAt" <= now() OR kept."hits" = 0 AS fresh) AS window_state,
      LATERAL (SELECT CASE WHEN fresh THEN 0 ELSE kept."hits" END AS failures) AS counted,
      LATERAL (SELECT fresh OR (failures < ${max}::int AND coalesce(kept."blockedUntil" <= now(), true)) AS open) AS verdict
    )`
}

/**
 * Counts one attempt as failed, ahead of its outcome, and returns how many failures that makes in the day and in a row, or
 * null when the budget of the day is used up or its wait is not over: such an attempt counts nowhere and lengthens
 * nothing, but costs the same. The row is forgotten when so many seconds pass without a failure; whether it is full is for
 * the caller to judge. One atomic statement. `takeBack` when it turns out not to have failed.
 */
export async function attempt(
  db: Db,
  { action, subject, row }: Tried,
  { freeFailures: free, maxWaitSeconds, maxFailuresPerDay: max }: Budget,
): Promise<{ failures: number; inARow: number } | null> {
  const [counted] = await db.$queryRaw<{ failures: number; inARow: number }[]>`
    WITH day AS (
      ${countOpen(limitKey(action, subject), { free, maxWaitSeconds, max, seconds: day })} RETURNING "allowed", "hits"
    ), in_a_row AS (
      INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt")
      SELECT ${limitKey(row.action, subject)}, "allowed"::int, now() + ${row.seconds}::int * interval '1 second' FROM day
      ON CONFLICT ("key") DO UPDATE SET
        "hits" = excluded."hits" + CASE WHEN kept."endsAt" <= now() THEN 0 ELSE kept."hits" END,
        "endsAt" = CASE WHEN excluded."hits" = 1 THEN excluded."endsAt" ELSE kept."endsAt" END
      RETURNING "hits"
    )
    SELECT day."hits" AS "failures", in_a_row."hits" AS "inARow" FROM day, in_a_row WHERE "allowed"`
  return counted ?? null
}

/**
 * Takes back one failure that `attempt` counted. The wait that it brought stays, so that nobody can cut waits short. With
 * `isAnew` it ends, and the row begins anew, unless it is full; what failed before stays counted for the day.
 * Returns how many are left in the row.
 */
export async function takeBack(
  db: Db,
  { action, subject, row, inARow = 1 }: Tried & { inARow?: number },
  { isAnew = false } = {},
): Promise<number> {
  // The day is locked before the row, as in `attempt`: otherwise the two could wait for each other.
  const [left] = await db.$queryRaw<{ inARow: number }[]>`
    WITH day AS (
      UPDATE "RateLimit" SET "hits" = greatest("hits" - 1, 0), "blockedUntil" = CASE WHEN NOT ${isAnew} THEN "blockedUntil" END
      WHERE "key" = ${limitKey(action, subject)} RETURNING 1
    )
    UPDATE "RateLimit" SET "hits" = greatest("hits" - ${isAnew && inARow <= row.max ? inARow : 1}::int, 0)
    WHERE "key" = ${limitKey(row.action, subject)} AND (SELECT count(*) FROM day) >= 0
    RETURNING "hits" AS "inARow"`
  return left?.inARow ?? 0
}

/** Forgets all that `actions` counted for a subject. */
export async function forgive(db: Db, actions: readonly string[], subject: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key: { in: actions.map((action) => limitKey(action, subject)) } } })
}

/** In how many seconds the failures of a day are forgotten. */
export async function secondsLeft(db: Db, action: string, subject: string): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT greatest(0, extract(epoch FROM "endsAt" - now()))::float8 AS "seconds" FROM "RateLimit" WHERE "key" = ${limitKey(action, subject)}`
  return row?.seconds ?? 0
}
