import { type Db, db, type Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { inRequest, logEvent } from '@/lib/log'
import type { DecidedMail } from '@/lib/mail/decided-mail'
import { isProbing, isShut, troubleNow } from '@/lib/mail/trouble'
import { mailPolicy } from '@/lib/policy'

/** Who comes first: 1 what somebody needs (resets, notices), 2 confirmations, 3 what only informs. */
export type MailClass = 1 | 2 | 3

/**
 * A row under lease: undecided while `template` is null, then frozen. `message` is what all attempts hand over, null before
 * the first one that the provider may have taken; `trouble` is that of the provider at the lease.
 */
export type LeasedMail = {
  id: string
  kind: string
  locale: string
  data: Prisma.JsonValue
  template: string | null
  class: MailClass
  placeAt: Date
  sentTo: string | null
  message: string | null
  edition: number
  attempts: number
  createdAt: Date
  request: string | null
  /** The database's clock at the lease. */
  leasedAt: Date
  trouble: 'begun' | 'known' | null
}

/** The kinds of intents that anybody can write about anybody, as often as they like, and that say nothing else each time. */
const repeatable = ['password_reset', 'verification']

/**
 * Takes at most `count` due mails down to a class, written at least `minAgeMs` ago, for a minute, each by one worker only,
 * in the order of class and place; an attempt is counted ahead of its outcome. None while the provider is in trouble, but
 * when a probe is due: then those that were tried least, or some that make it fail would be every probe.
 */
export async function leaseDueMail(
  count: number = mailPolicy.batchSize,
  minAgeMs = 0,
  lowestClass: MailClass = 3,
  tx: Transaction | null = null,
): Promise<LeasedMail[]> {
  const client = tx ?? (await db())
  const isDue = Prisma.sql`"state" = 'waiting' AND "class" <= ${lowestClass}::int AND "nextAttemptAt" <= now()
    AND coalesce("leasedUntil" <= now(), true) AND "createdAt" <= now() - ${minAgeMs}::int * interval '1 millisecond'`
  const leased = await client.$queryRaw<LeasedMail[]>`
    UPDATE "Mail" SET "leasedUntil" = now() + ${mailPolicy.leaseSeconds}::int * interval '1 second', "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT "id" FROM "Mail"
      WHERE ${isDue} AND NOT ${isShut}
        AND (NOT ${isProbing} OR "attempts" = (SELECT min("attempts") FROM "Mail" WHERE ${isDue}))
      ORDER BY "class", "placeAt" LIMIT ${count}::int FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "kind", "locale", "data", "template", "class", "placeAt", "sentTo", "message", "edition",
      "attempts", "createdAt", "request", now() AS "leasedAt", ${troubleNow} AS "trouble"`
  return leased.sort((a, b) => a.class - b.class || a.placeAt.getTime() - b.placeAt.getTime())
}

/**
 * Ends what asks for the very same as an undecided one of these mails, in the same language, and waits for nothing but a worker: the decision
 * that is taken now answers all of it, and so costs as much however often it was asked for. Returns the mails that are left, each as it was
 * asked for last. One atomic statement; what another worker has under lease is left to it.
 */
export async function withoutRepeated(mails: LeasedMail[]): Promise<LeasedMail[]> {
  const ids = mails.filter(({ kind, template }) => template === null && repeatable.includes(kind)).map(({ id }) => id)
  if (ids.length === 0) return mails
  const changed = await (await db()).$queryRaw<
    { id: string; first: string | null; request: string | null; data: LeasedMail['data']; createdAt: Date }[]
  >`
    WITH own AS (
      SELECT DISTINCT ON ("recipient", "kind", "locale", "asked") *
      FROM (SELECT *, "data" - 'device' AS "asked" FROM "Mail" WHERE "id" = ANY(${ids}::uuid[])) AS leased
      ORDER BY "recipient", "kind", "locale", "asked", "createdAt", "id"
    ),
    repeated AS (
      SELECT again."id", own."id" AS "first" FROM own JOIN "Mail" again USING ("recipient", "kind", "locale")
      WHERE again."state" = 'waiting' AND again."template" IS NULL AND again."data" - 'device' = own."asked"
        AND again."id" <> own."id" AND again."nextAttemptAt" <= now()
        AND (again."id" = ANY(${ids}::uuid[]) OR coalesce(again."leasedUntil" <= now(), true))
      FOR UPDATE OF again SKIP LOCKED
    ),
    last AS (
      SELECT DISTINCT ON ("first") "first", "data", "createdAt" FROM repeated JOIN "Mail" USING ("id") ORDER BY "first", "createdAt" DESC
    ),
    dropped AS (
      UPDATE "Mail" SET "state" = 'dropped', "data" = NULL, "recipient" = NULL, "network" = NULL, "finishedAt" = now()
      FROM repeated WHERE "Mail"."id" = repeated."id"
      RETURNING "Mail"."id", "Mail"."request", repeated."first"
    ),
    kept AS (
      UPDATE "Mail" SET "data" = last."data", "createdAt" = last."createdAt"
      FROM last WHERE "Mail"."id" = last."first" AND "Mail"."createdAt" < last."createdAt"
        AND "Mail"."state" = 'waiting' AND "Mail"."template" IS NULL
      RETURNING "Mail"."id", "Mail"."data", "Mail"."createdAt"
    )
    SELECT "id", "first", "request", NULL::jsonb AS "data", now() AS "createdAt" FROM dropped
    UNION ALL SELECT "id", NULL, NULL, "data", "createdAt" FROM kept`
  for (const { id, first, request } of changed)
    if (first !== null) inRequest(request, () => logEvent('mail_repeated', { mail: id, answeredBy: first }))
  const all = new Map(changed.map((each) => [each.id, each]))
  return mails.flatMap((mail) => {
    const now = all.get(mail.id)
    if (!now) return [mail]
    return now.first === null ? [{ ...mail, data: now.data, createdAt: now.createdAt }] : []
  })
}

/** Freezes what an undecided mail says, to whom and in which language, in the place of its intent. False when somebody else decided it. */
export async function keepDecided(
  tx: Transaction,
  id: string,
  { accountId, locale, template, sentTo, ...data }: DecidedMail & { accountId: string | null; locale: string },
  mailClass: MailClass,
): Promise<boolean> {
  const { count } = await tx.mail.updateMany({
    where: { id, template: null, state: 'waiting' },
    data: { accountId, locale, template, sentTo, data, class: mailClass },
  })
  return count === 1
}

/** Ends an undecided mail that nobody is to get, and wipes what it held. False when somebody else decided it. */
export async function dropMail(tx: Transaction, id: string): Promise<boolean> {
  const dropped = await tx.$executeRaw`
    UPDATE "Mail" SET "state" = 'dropped', "data" = NULL, "recipient" = NULL, "network" = NULL, "finishedAt" = now()
    WHERE "id" = ${id}::uuid AND "state" = 'waiting' AND "template" IS NULL`
  return dropped === 1
}

/** Ends what waits for an account without being decided: it was asked for at an e-mail that the account has no more. */
export async function dropUndecided(tx: Transaction, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Mail" SET "state" = 'dropped', "data" = NULL, "recipient" = NULL, "network" = NULL, "finishedAt" = now()
    WHERE "accountId" = ${accountId}::uuid AND "state" = 'waiting' AND "template" IS NULL`
}

/**
 * Ends a decided mail and wipes what it held. Of two workers only the first ends it; the other gets false. An id that the
 * provider has given another mail is not kept: what it has taken must not be handed over again.
 */
export async function finishMail(
  client: Db,
  id: string,
  state: 'sent' | 'abandoned',
  providerId: string | null = null,
): Promise<boolean> {
  const finished = await client.$executeRaw`
    UPDATE "Mail" SET "state" = ${state}::"MailState", "finishedAt" = now(),
      "providerId" = CASE WHEN NOT EXISTS (SELECT FROM "Mail" WHERE "providerId" = ${providerId}) THEN ${providerId} END,
      "data" = NULL, "sentTo" = NULL, "message" = NULL, "recipient" = NULL, "network" = NULL
    WHERE "id" = ${id}::uuid AND "state" = 'waiting'`
  return finished === 1
}

/**
 * Lets an undecided mail wait for some seconds, in a class. Only one of a kind and class waits so for an account, or else for an
 * e-mail: false, and nothing done, when there is another already. Call it under the lock of the account or the e-mail.
 */
export async function keepUndecided(
  tx: Transaction,
  id: string,
  { accountId, waitSeconds, mailClass }: { accountId: string | null; waitSeconds: number; mailClass: MailClass },
): Promise<boolean> {
  const kept = await tx.$executeRaw`
    UPDATE "Mail" AS own SET "accountId" = ${accountId}::uuid, "class" = ${mailClass}::int, "leasedUntil" = NULL, "attempts" = "attempts" - 1,
      "nextAttemptAt" = now() + ${waitSeconds}::float8 * interval '1 second'
    WHERE "id" = ${id}::uuid AND "state" = 'waiting' AND "template" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Mail" m WHERE m."kind" = own."kind" AND m."class" = ${mailClass}::int AND m."id" <> own."id"
        AND m."state" = 'waiting' AND m."template" IS NULL AND (m."accountId" = ${accountId}::uuid
          OR ${accountId}::uuid IS NULL AND m."recipient" = own."recipient" AND m."data" #> '{email,key}' = own."data" #> '{email,key}'))`
  return kept === 1
}
