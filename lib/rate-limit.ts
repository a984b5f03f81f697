import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { Window } from '@/lib/limits'
import { pseudonym } from '@/lib/secrets'

/** Names for the steps of one statement: as many as three networks, each in three windows, need. */
export const names = [
  Prisma.sql`step1`,
  Prisma.sql`step2`,
  Prisma.sql`step3`,
  Prisma.sql`step4`,
  Prisma.sql`step5`,
  Prisma.sql`step6`,
  Prisma.sql`step7`,
  Prisma.sql`step8`,
  Prisma.sql`step9`,
]

/** Somebody or something whose uses are counted, and in which windows. */
export type Counted = { subject: string; windows: readonly Window[] }

/** Null when a use is allowed; else how long the window that refuses it lasts, and whether it is the first one it refuses. */
export type Refusal = { waitSeconds: number; isFirst: boolean } | null

/** Counts one use of `subject`, as `refuse` does, and says whether all of its windows allow it. */
export async function consume(db: Db, action: string, subject: string, windows: readonly Window[]): Promise<boolean> {
  return (await refuse(db, action, [{ subject, windows }])) === null
}

/**
 * Counts one use by each subject, in each of its windows, the shortest first, and says which window refuses it. What one
 * refuses does not count in those after it, so impatience uses up neither a day nor what others share. One atomic statement
 * on the database's clock: parallel callers on any number of processes never pass more than `max`. Throws when it cannot count.
 */
export async function refuse(db: Db, action: string, counted: Counted[]): Promise<Refusal> {
  const { steps, verdicts, read } = countingUse(action, counted)
  return read(await db.$queryRaw<UseVerdict[]>`WITH ${steps} ${verdicts}`)
}

/** What one window says of a use. */
export type UseVerdict = { open: boolean; isFirst: boolean; waitSeconds: number }

/**
 * The same in SQL, for a larger statement: steps of it, the verdicts that they make, and how to read these. Counts where the
 * only row of `start` is `open`. `free`: names that the statement has not used.
 */
export function countingUse(
  action: string,
  counted: Counted[],
  start = Prisma.sql`(SELECT true AS "open") AS start`,
  free = names,
) {
  const steps = counted
    .flatMap(({ subject, windows }) =>
      windows.toSorted((a, b) => a.seconds - b.seconds).map((window) => ({ subject, ...window })),
    )
    .map(({ subject, max, seconds }, index) => {
      const key = windowKey(action, seconds, subject)
      const before = index === 0 ? start : free[index - 1]
      return Prisma.sql`${free[index]} AS (
        INSERT INTO "RateLimit" AS kept ("key", "hits", "endsAt")
        SELECT ${key}, 1, now() + ${seconds}::int * interval '1 second' FROM ${before} WHERE "open"
        ON CONFLICT ("key") DO UPDATE SET
          "hits" = CASE WHEN kept."endsAt" <= now() THEN 1 ELSE kept."hits" + 1 END,
          "endsAt" = CASE WHEN kept."endsAt" <= now() THEN excluded."endsAt" ELSE kept."endsAt" END
        RETURNING "hits" <= ${max}::int AS "open", "hits" = ${max}::int + 1 AS "isFirst",
          extract(epoch FROM "endsAt" - now())::float8 AS "waitSeconds")`
    })
  const counts = free.slice(0, steps.length).map((name) => Prisma.sql`SELECT * FROM ${name}`)
  const read = (verdicts: UseVerdict[]): Refusal => {
    const refused = verdicts.find(({ open }) => !open)
    if (refused) return { waitSeconds: refused.waitSeconds, isFirst: refused.isFirst }
    if (verdicts.length !== steps.length) throw new Error('a use was not counted')
    return null
  }
  return { steps: Prisma.join(steps), verdicts: Prisma.join(counts, ' UNION ALL '), read }
}

/** Takes back one use that was allowed and came to nothing. Each window by a statement of its own, so that none waits for another. */
export async function giveBack(db: Db, action: string, counted: Counted[]): Promise<void> {
  for (const { subject, windows } of counted)
    for (const { seconds } of windows)
      await db.$executeRaw`
        UPDATE "RateLimit" SET "hits" = greatest("hits" - 1, 0)
        WHERE "key" = ${windowKey(action, seconds, subject)} AND "endsAt" > now()`
}

/**
 * Takes the next turn of all who do `action`, and returns in how many milliseconds it comes; null, and no turn taken, when
 * that is more than `patienceMs`. One atomic statement on the database's clock: turns that any number of processes take
 * are never closer than `spacingMs`. Throws when it cannot tell.
 */
export async function takeTurn(
  db: Db,
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

/** The key of a row: what is counted, and a digest of by whom. */
export function limitKey(action: string, subject: string): string {
  return `${action}:${pseudonym(subject)}`
}

/** The same for one of several windows. */
export function windowKey(action: string, seconds: number, subject: string): string {
  return limitKey(`${action}:${seconds}`, subject)
}
