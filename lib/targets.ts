import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { countOpen, type Waits } from '@/lib/failures'
import type { Window } from '@/lib/limits'
import { type Counted, limitKey, names, windowKey } from '@/lib/rate-limit'

/** For how long a use whose outcome is not known is waited for: it may have ended with its process. */
const pendingSeconds = 10

/** One use, as it was counted. */
export type Use = { key: string; seconds: number; windows: (Window & { key: string })[]; isPending: boolean }

/** Why a use is refused: `isContended` when only uses stand in its way whose outcome is not known yet. */
type UseRefusal = { waitSeconds: number; isContended: boolean }

/**
 * Counts a use of `action` about a target, ahead of its outcome: for the target, and, if it is the first about
 * it, in every window of the networks, which so count targets. One atomic statement on the database's clock: parallel callers on
 * any number of processes never pass more targets than a window's `max`. What is refused counts nowhere. With `isKnownLater`, to be ended by `settling`.
 */
export async function countUse(
  db: Db,
  action: string,
  target: string,
  waits: Waits & { isKnownLater: boolean },
  networks: Counted[],
): Promise<{ use: Use } | { refusal: UseRefusal }> {
  const { seconds, isKnownLater } = waits
  const key = limitKey(`${action}_target`, `${networks[0]?.subject} ${target}`)
  const windows = networks.flatMap(({ subject, windows }) =>
    windows.map((window) => ({ ...window, key: windowKey(action, window.seconds, subject) })),
  )
  const steps = windows.map(
    (window, index) => Prisma.sql`${names[index]} AS (
      INSERT INTO "RateLimit" AS kept ("key", "hits", "pending", "endsAt", "blockedUntil")
      SELECT ${window.key}, "isNew"::int, ("isNew" AND ${isKnownLater})::int, now() + ${window.seconds}::int * interval '1 second',
        CASE WHEN "isNew" AND ${isKnownLater} THEN now() + ${pendingSeconds}::int * interval '1 second' END
      FROM target ${index === 0 ? Prisma.empty : Prisma.sql`, ${names[index - 1]} AS former`}
      WHERE target."open" ${index === 0 ? Prisma.empty : Prisma.sql`AND former."open"`}
      ON CONFLICT ("key") DO UPDATE SET
        "hits" = excluded."hits" + CASE WHEN kept."endsAt" <= now() THEN 0 ELSE kept."hits" END,
        "pending" = excluded."pending" + CASE WHEN kept."endsAt" <= now() THEN 0 ELSE kept."pending" END,
        "endsAt" = CASE WHEN kept."endsAt" <= now() THEN excluded."endsAt" ELSE kept."endsAt" END,
        "blockedUntil" = CASE WHEN kept."endsAt" <= now() OR kept."hits" < ${window.max}::int
          THEN coalesce(excluded."blockedUntil", kept."blockedUntil") ELSE kept."blockedUntil" END
      RETURNING "hits" <= ${window.max}::int AS "open",
        "hits" - "pending" < ${window.max}::int AND coalesce("blockedUntil" > now(), false) AS "isContended",
        extract(epoch FROM "endsAt" - now())::float8 AS "waitSeconds")`,
  )
  const counts = names.slice(0, steps.length).map((name) => Prisma.sql`UNION ALL SELECT false, * FROM ${name}`)
  const [about, ...verdicts] = await db.$queryRaw<Verdict[]>`
    WITH target AS (
      ${countOpen(key, waits)}
      RETURNING "allowed" AS "open", "allowed" AND "hits" = 1 AS "isNew",
        extract(epoch FROM CASE WHEN "blockedUntil" > now() THEN "blockedUntil" ELSE "endsAt" END - now())::float8 AS "waitSeconds"
    ), ${Prisma.join(steps)}
    SELECT "isNew", "open", false AS "isContended", "waitSeconds" FROM target ${Prisma.join(counts, ' ')}`
  if (!about) throw new Error('a use was not counted')
  const use = { key, seconds, windows: windows.slice(0, verdicts.length), isPending: about.isNew && isKnownLater }
  const refused = [about, ...verdicts].find(({ open }) => !open)
  if (!refused) return { use }
  if (refused !== about) await settleUse(db, use, 'undone')
  return { refusal: refused }
}

type Verdict = { isNew: boolean; open: boolean; isContended: boolean; waitSeconds: number }

type Outcome = 'counts' | 'undone' | 'right'

/** Does work that settles a use, if there is one, as soon as the outcome is known. Where it throws before, the use is undone. */
export async function settling<T>(
  db: Db,
  use: Use | null,
  work: (settle: (outcome: Outcome) => Promise<void>) => Promise<T>,
): Promise<T> {
  let isSettled = use === null
  const settle = async (outcome: Outcome) => {
    if (use === null || isSettled) return
    isSettled = true
    await settleUse(db, use, outcome)
  }
  return work(settle).catch(async (error) => {
    await settle('undone')
    throw error
  })
}

/**
 * Ends a use that was counted: `counts` leaves it counted, `undone` takes it back, without a trace where it was the only one, `right` also all uses before it about this
 * target. The windows of the networks have room again where that was the last one. One atomic statement.
 */
async function settleUse(db: Db, { key, seconds, windows, isPending }: Use, outcome: Outcome): Promise<void> {
  if (outcome === 'counts' && !isPending) return
  const left = { counts: Prisma.sql`was."hits"`, undone: Prisma.sql`greatest(was."hits" - 1, 0)`, right: Prisma.sql`0` }
  // Of an identifier that was never looked at nothing stays, however many come.
  const isGone = Prisma.sql`(${outcome === 'undone'} AND was."hits" <= 1)`
  const steps = windows.map(
    (window, index) => Prisma.sql`, ${names[index]} AS (
      UPDATE "RateLimit" AS kept SET "hits" = greatest(kept."hits" - "ended", 0), "pending" = greatest(kept."pending" - ${Number(isPending)}::int, 0),
        "blockedUntil" = CASE WHEN kept."pending" > ${Number(isPending)}::int THEN kept."blockedUntil" END
      FROM target WHERE kept."key" = ${window.key} AND kept."endsAt" - ${window.seconds}::int * interval '1 second' <= "begunAt"
        AND ${index === 0 ? Prisma.sql`true` : Prisma.sql`(SELECT count(*) FROM ${names[index - 1]}) >= 0`}
      RETURNING 1)`,
  )
  // In the order in which they were counted: otherwise this and a use could wait for each other.
  await db.$queryRaw`
    WITH was AS (SELECT "hits", "endsAt" FROM "RateLimit" WHERE "key" = ${key} FOR UPDATE),
    target AS (
      SELECT "endsAt" - ${seconds}::int * interval '1 second' AS "begunAt", ("hits" > 0 AND ${left[outcome]} = 0)::int AS "ended" FROM was
    ), kept AS (
      UPDATE "RateLimit" AS kept SET "hits" = ${left[outcome]}, "blockedUntil" = CASE WHEN NOT ${outcome === 'right'} THEN kept."blockedUntil" END
      FROM was WHERE kept."key" = ${key} AND NOT ${isGone}
    ), gone AS (
      DELETE FROM "RateLimit" USING was WHERE "key" = ${key} AND ${isGone}
    ) ${Prisma.join(steps, ' ')}
    SELECT count(*)::int AS "settled" FROM target`
}
