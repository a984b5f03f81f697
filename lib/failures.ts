import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

/** What is open until a window of `seconds` ends: the first uses are free, then the wait doubles from a second up to the cap. */
export type Waits = { free: number; maxWaitSeconds: number; max: number; seconds: number }

/** The same for the failures of a day. */
type Budget = { freeFailures: number; maxWaitSeconds: number; maxFailuresPerDay: number }

/** Failures in a row, over days, whichever budgets they are of: `max` of them end what only the budget would allow. */
type Row = { action: string; max: number; seconds: number }

/** Of what, by whom: an account's id or a digest, for it is kept as it is. */
export type Tried = { action: string; subject: string; row: Row }

/** Failures of a day and in a row, as a statement counted them. */
export type Failures = { failures: number; inARow: number }

const day = 86_400

/**
 * In SQL, without its `RETURNING`: counts one use for the row of a step `used` of the same statement, if it has one, with a `key` and
 * the bounds `free`, `maxWaitSeconds` and `max`, if one is open now; `allowed` then says whether it was.
 */
export function countOpen(used: Prisma.Sql, seconds: number): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt")
    SELECT "key", 1, now() + ${seconds}::int * interval '1 second' FROM ${used}
    ON CONFLICT ("key") DO UPDATE SET ("hits", "allowed", "endsAt", "blockedUntil") = (
      SELECT
        CASE WHEN open THEN failures + 1 ELSE failures END,
        open,
        CASE WHEN fresh THEN excluded."endsAt" ELSE kept."endsAt" END,
        CASE WHEN NOT open THEN kept."blockedUntil"
             WHEN failures + 1 >= "free"
             THEN now() + least(power(2, failures + 1 - "free"), "maxWaitSeconds") * interval '1 second' END
      FROM (SELECT "free", "maxWaitSeconds", "max" FROM ${used}) AS bounds,
      LATERAL (SELECT kept."endsAt" <= now() OR kept."hits" = 0 AS fresh) AS window_state,
      LATERAL (SELECT CASE WHEN fresh THEN 0 ELSE kept."hits" END AS failures) AS counted,
      LATERAL (SELECT fresh OR (failures < "max" AND coalesce(kept."blockedUntil" <= now(), true)) AS open) AS verdict
    )`
}

/** In SQL: the row that `countOpen` reads. */
export function usedOnce(key: string, { free, maxWaitSeconds, max }: Omit<Waits, 'seconds'>): Prisma.Sql {
  return Prisma.sql`SELECT ${key}::text AS "key", ${free}::int AS "free", ${maxWaitSeconds}::int AS "maxWaitSeconds", ${max}::int AS "max"`
}

/**
 * In SQL, the steps `day` and `in_a_row` of a statement: they count one attempt as failed for the row of its step `tried`, if there is
 * one, which has what `countOpen` reads, and of the row of failures its `rowKey` and `rowSeconds`. What they counted is
 * `failuresCounted`.
 */
export const countFailure = Prisma.sql`
  day AS (${countOpen(Prisma.sql`tried`, day)} RETURNING "allowed", "hits"),
  in_a_row AS (
    INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt")
    SELECT "rowKey", "allowed"::int, now() + "rowSeconds" * interval '1 second' FROM tried, day
    ON CONFLICT ("key") DO UPDATE SET
      "hits" = excluded."hits" + CASE WHEN kept."endsAt" <= now() THEN 0 ELSE kept."hits" END,
      "endsAt" = CASE WHEN excluded."hits" = 1 THEN excluded."endsAt" ELSE kept."endsAt" END
    RETURNING "hits"
  )`

/** In SQL: a row with what was counted, or none. */
export const failuresCounted = Prisma.sql`
  (SELECT day."hits" AS "failures", in_a_row."hits" AS "inARow" FROM day, in_a_row WHERE "allowed") AS counted`

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
): Promise<Failures | null> {
  const used = usedOnce(failureKey(action, subject), { free, maxWaitSeconds, max })
  const [counted] = await db.$queryRaw<Failures[]>`
    WITH tried AS (
      SELECT used.*, ${failureKey(row.action, subject)}::text AS "rowKey", ${row.seconds}::int AS "rowSeconds" FROM (${used}) AS used
    ), ${countFailure}
    SELECT * FROM ${failuresCounted}`
  return counted ?? null
}

/**
 * Takes back one failure that `attempt` counted. The wait that it brought stays, so that nobody can cut waits short. With
 * `isAnew` it ends, and the row begins anew, unless it is full; what failed before stays counted for the day.
 * Returns how many are left in the row.
 */
export async function takeBack(
  db: Db,
  tried: Tried & { inARow?: number },
  how: { isAnew?: boolean } = {},
): Promise<number> {
  const [left] = await db.$queryRaw<{ inARow: number }[]>`
    WITH ${takenBack(tried, how)} SELECT "hits" AS "inARow" FROM left_in_a_row`
  return left?.inARow ?? 0
}

/** In SQL, the steps `left_of_day` and `left_in_a_row` of a statement that do that, where and as soon as `isDue`. */
export function takenBack(
  { action, subject, row, inARow = 1 }: Tried & { inARow?: number },
  { isAnew = false } = {},
  isDue = Prisma.sql`true`,
): Prisma.Sql {
  // The day is locked before the row, as in `countFailure`: otherwise the two could wait for each other.
  return Prisma.sql`
    left_of_day AS (
      UPDATE "RateLimit" SET "hits" = greatest("hits" - 1, 0), "blockedUntil" = CASE WHEN NOT ${isAnew} THEN "blockedUntil" END
      WHERE "key" = ${failureKey(action, subject)} AND ${isDue} RETURNING 1
    ), left_in_a_row AS (
      UPDATE "RateLimit" SET "hits" = greatest("hits" - ${isAnew && inARow <= row.max ? inARow : 1}::int, 0)
      WHERE "key" = ${failureKey(row.action, subject)} AND ${isDue} AND (SELECT count(*) FROM left_of_day) >= 0
      RETURNING "hits"
    )`
}

/** Forgets all that `actions` counted for a subject. */
export async function forgive(db: Db, actions: readonly string[], subject: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key: { in: actions.map((action) => failureKey(action, subject)) } } })
}

/** In how many seconds the failures of a day are forgotten. */
export async function secondsLeft(db: Db, action: string, subject: string): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT greatest(0, extract(epoch FROM "endsAt" - now()))::float8 AS "seconds" FROM "RateLimit" WHERE "key" = ${failureKey(action, subject)}`
  return row?.seconds ?? 0
}

/** The key of a row that counts failures. */
export function failureKey(action: string, subject: string): string {
  return `${action}:${subject}`
}
