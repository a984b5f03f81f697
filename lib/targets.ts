import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { countOpen, usedOnce, type Waits } from '@/lib/failures'
import type { Window } from '@/lib/limits'
import { type Counted, limitKey, names, windowKey } from '@/lib/rate-limit'

/** For how long a use whose outcome is not known is waited for: it may have ended with its process. */
const pendingSeconds = 10

/** One use, as it was counted. */
export type Use = { key: string; seconds: number; windows: (Window & { key: string })[]; isPending: boolean }

/**
 * What is known of a use once it was counted: what is left to be settled of it, and why it is refused, if it is. `isContended`
 * when only uses stand in its way whose outcome is not known yet.
 */
export type Counting = { use: Use | null; refusal: { waitSeconds: number; isContended: boolean } | null }

/** What the target, and then each window, says of a use. */
export type TargetVerdict = { isNew: boolean; open: boolean; isContended: boolean; waitSeconds: number }

/**
 * Counts a use of `action` about a target, ahead of its outcome: for the target, and, if it is the first about
 * it, in every window of the networks, which so count targets. One atomic statement on the database's clock: parallel callers on
 * any number of processes never pass more targets than a window's `max`. What is refused counts nowhere. With `isKnownLater`, to be ended by `settleUse`.
 */
export async function countUse(
  db: Db,
  action: string,
  target: string,
  waits: Waits & { isKnownLater: boolean },
  networks: Counted[],
): Promise<Counting> {
  const { steps, verdicts, read } = countingTarget(action, target, waits, networks)
  const counted = read(await db.$queryRaw<TargetVerdict[]>`WITH ${steps} ${verdicts}`)
  return undoRefused(db, counted)
}

/** Undoes what counted of a use that a window refused. */
export async function undoRefused<Counted extends Counting>(db: Db, counted: Counted): Promise<Counted> {
  if (!counted.refusal || !counted.use) return counted
  await settleUse(db, counted.use, 'undone')
  return { ...counted, use: null }
}

/**
 * The same in SQL, for a larger statement: steps of it, the verdicts that they make, how to read these, and names that are
 * not used yet. A use that was counted and is refused is to be undone by `undoRefused`.
 */
export function countingTarget(
  action: string,
  target: string,
  waits: Waits & { isKnownLater: boolean },
  networks: Counted[],
) {
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
  const read = ([about, ...verdicts]: TargetVerdict[]): Counting => {
    if (!about) throw new Error('a use was not counted')
    const refusal = [about, ...verdicts].find(({ open }) => !open) ?? null
    const isPending = about.isNew && isKnownLater
    const use = about.open ? { key, seconds, windows: windows.slice(0, verdicts.length), isPending } : null
    return { use, refusal }
  }
  return {
    steps: Prisma.sql`
      used AS (${usedOnce(key, waits)}),
      target AS (
        ${countOpen(Prisma.sql`used`, seconds)}
        RETURNING "allowed" AS "open", "allowed" AND "hits" = 1 AS "isNew",
          extract(epoch FROM CASE WHEN "blockedUntil" > now() THEN "blockedUntil" ELSE "endsAt" END - now())::float8 AS "waitSeconds"
      ), ${Prisma.join(steps)}`,
    verdicts: Prisma.sql`
      SELECT "isNew", "open", false AS "isContended", "waitSeconds" FROM target ${Prisma.join(counts, ' ')}`,
    read,
    free: names.slice(steps.length),
  }
}

export type Outcome = 'counts' | 'undone' | 'right'

/**
 * Ends a use that was counted: `counts` leaves it counted, `undone` takes it back, without a trace where it was the only one, `right` also all uses before it about this
 * target. The windows of the networks have room again where that was the last one. One atomic statement.
 */
export async function settleUse(db: Db, use: Use, outcome: Outcome): Promise<void> {
  const steps = settled(use, outcome)
  if (steps) await db.$queryRaw`WITH ${steps} SELECT count(*)::int AS "settled" FROM settled`
}

/** In SQL, the steps of a statement that do that, where and as soon as `isDue`, the last of which is `settled`; null where there is nothing to do. */
export function settled(
  { key, seconds, windows, isPending }: Use,
  outcome: Outcome,
  isDue = Prisma.sql`true`,
): Prisma.Sql | null {
  if (outcome === 'counts' && !isPending) return null
  const left = { counts: Prisma.sql`was."hits"`, undone: Prisma.sql`greatest(was."hits" - 1, 0)`, right: Prisma.sql`0` }
  // Of an identifier that was never looked at nothing stays, however many come.
  const isGone = Prisma.sql`(${outcome === 'undone'} AND was."hits" <= 1)`
  // In the order in which they were counted: otherwise this and a use could wait for each other.
  const steps = windows.map(
    (window, index) => Prisma.sql`, ${names[index]} AS (
      UPDATE "RateLimit" AS kept SET "hits" = greatest(kept."hits" - "ended", 0), "pending" = greatest(kept."pending" - ${Number(isPending)}::int, 0),
        "blockedUntil" = CASE WHEN kept."pending" > ${Number(isPending)}::int THEN kept."blockedUntil" END
      FROM target WHERE kept."key" = ${window.key} AND kept."endsAt" - ${window.seconds}::int * interval '1 second' <= "begunAt"
        AND ${index === 0 ? Prisma.sql`true` : Prisma.sql`(SELECT count(*) FROM ${names[index - 1]}) >= 0`}
      RETURNING 1)`,
  )
  const last = windows.length === 0 ? Prisma.sql`target` : names[windows.length - 1]
  return Prisma.sql`
    was AS (SELECT "hits", "endsAt" FROM "RateLimit" WHERE "key" = ${key} AND ${isDue} FOR UPDATE),
    target AS (
      SELECT "endsAt" - ${seconds}::int * interval '1 second' AS "begunAt", ("hits" > 0 AND ${left[outcome]} = 0)::int AS "ended" FROM was
    ), kept AS (
      UPDATE "RateLimit" AS kept SET "hits" = ${left[outcome]}, "blockedUntil" = CASE WHEN NOT ${outcome === 'right'} THEN kept."blockedUntil" END
      FROM was WHERE kept."key" = ${key} AND NOT ${isGone}
    ), gone AS (
      DELETE FROM "RateLimit" USING was WHERE "key" = ${key} AND ${isGone}
    ) ${Prisma.join(steps, ' ')}, settled AS (SELECT 1 FROM ${last})`
}
