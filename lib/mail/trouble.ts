import { db, type Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { limits } from '@/lib/limits'
import { logEvent } from '@/lib/log'
import type { Fault } from '@/lib/mail/letter'
import { mailPolicy } from '@/lib/policy'
import { consume } from '@/lib/rate-limit'

const { backoffSeconds, faultsToTrouble, leaseSeconds } = mailPolicy

/** Of the row of a trouble that is one: a single answer that did not come is none yet. */
const isKnown = Prisma.sql`("kind" = 'refused' OR "kind" = 'quota' OR "faults" >= ${faultsToTrouble}::int)`

/** In SQL, whether no mail is to be taken up now: the provider is in trouble, and its next probe is not due. */
export const isShut = Prisma.sql`EXISTS (SELECT FROM "MailTrouble" WHERE ${isKnown} AND "probeAt" > now())`

/** In SQL, whether what is taken up now is a probe, or waits for its turn to be one. */
export const isProbing = Prisma.sql`EXISTS (SELECT FROM "MailTrouble" WHERE ${isKnown})`

/** In SQL: `known` while the provider is in trouble, `begun` when the last attempt failed, else null. */
export const troubleNow = Prisma.sql`(SELECT CASE WHEN ${isKnown} THEN 'known' ELSE 'begun' END FROM "MailTrouble")`

/**
 * Why the provider refuses every mail until somebody mends the configuration (its name of the error, or `http_` and the
 * status), and since when, by the last attempts of all processes. Null when it does not, also while it is only down, slow
 * or out of quota, which passes by itself.
 */
export async function mailTrouble(): Promise<{ reason: string; since: Date } | null> {
  const [trouble] = await (await db()).$queryRaw<{ reason: string; since: Date }[]>`
    SELECT "reason", "since" FROM "MailTrouble" WHERE "kind" = 'refused'`
  return trouble ?? null
}

/** Whether this worker may try: while the provider is in trouble, one of any number at once may, when a probe is due. */
export async function beginProbe(): Promise<boolean> {
  const [verdict] = await (await db()).$queryRaw<[{ may: boolean }]>`
    WITH begun AS (
      UPDATE "MailTrouble" SET "probeAt" = now() + ${leaseSeconds}::int * interval '1 second'
      WHERE NOT ${isKnown} OR "probeAt" <= now() RETURNING 1
    )
    SELECT EXISTS (SELECT FROM begun) OR NOT EXISTS (SELECT FROM "MailTrouble") AS "may"`
  return verdict.may
}

/**
 * Keeps that the service failed at a mail, not the mail; the next probe comes later each time, `afterSeconds` at least.
 * The first of all processes that knows of a trouble raises the alarm. True while it is known: the rest need not be tried.
 */
export async function noteFault(kind: Fault, reason: string, afterSeconds = 0): Promise<boolean> {
  const client = await db()
  const waits = Prisma.sql`(ARRAY[${Prisma.join(backoffSeconds)}]::int[])`
  const probeAt = (place: Prisma.Sql) => Prisma.sql`now() + interval '1 second' * greatest(
    ${waits}[least(${place}, ${backoffSeconds.length}::int)] * (0.8 + random() * 0.4), ${afterSeconds}::int * (1 + random() * 0.25))`
  // What passes by itself does not hide what somebody must mend.
  const isGraver = Prisma.sql`(excluded."kind" = 'refused' OR excluded."kind" = 'quota' OR kept."kind" NOT IN ('refused', 'quota'))`
  const [trouble] = await client.$queryRaw<[{ kind: Fault; reason: string; isKnown: boolean }]>`
    INSERT INTO "MailTrouble" AS kept ("kind", "reason", "probeAt") VALUES (${kind}, ${reason}, ${probeAt(Prisma.sql`1`)})
    ON CONFLICT ("id") DO UPDATE SET "faults" = kept."faults" + 1, "probeAt" = ${probeAt(Prisma.sql`kept."faults" + 1`)},
      "kind" = CASE WHEN ${isGraver} THEN excluded."kind" ELSE kept."kind" END,
      "reason" = CASE WHEN ${isGraver} THEN excluded."reason" ELSE kept."reason" END,
      "alarmed" = kept."alarmed" AND (kept."kind" = 'refused' OR excluded."kind" <> 'refused')
    RETURNING "kind", "reason", ${isKnown} AS "isKnown"`
  if (!trouble.isKnown) return false
  const isFirst = await client.$executeRaw`UPDATE "MailTrouble" SET "alarmed" = true WHERE NOT "alarmed"`
  if (isFirst === 1 && (await consume(client, 'mail_trouble_alarm', 'everybody', limits.mail_trouble_alarm))) {
    const mustBeMended = trouble.kind === 'refused' || trouble.kind === 'quota'
    if (mustBeMended) logEvent('mail_refused', { reason: trouble.reason })
    else logEvent('mail_unavailable', { reason: trouble.reason })
  }
  return true
}

/** Has the next worker probe the provider at once, in the transaction of an operator who has mended something. */
export async function probeSoon(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE "MailTrouble" SET "probeAt" = now()`
}

/**
 * Ends a trouble, if there is one, because the provider took a mail: what waited for that is due now, but for what was tried
 * often, which may itself be what makes the provider fail. Its own wait is some minutes.
 */
export async function endTrouble(): Promise<void> {
  const client = await db()
  const [ended] = await client.$queryRaw<{ reason: string; alarmed: boolean; seconds: number }[]>`
    DELETE FROM "MailTrouble" RETURNING "reason", "alarmed", extract(epoch FROM now() - "since")::int AS "seconds"`
  if (!ended?.alarmed) return
  await client.$executeRaw`
    UPDATE "Mail" SET "nextAttemptAt" = now()
    WHERE "state" = 'waiting' AND "template" IS NOT NULL AND "leasedUntil" IS NULL AND "nextAttemptAt" > now()
      AND "attempts" < ${backoffSeconds.length}::int`
  logEvent('mail_recovered', { reason: ended.reason, seconds: ended.seconds })
}
