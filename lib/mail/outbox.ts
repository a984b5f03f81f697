import { type Db, db, type Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
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

/** In SQL, what every mail that ends gets beside its state: nothing of what it held stays. */
export const ended = Prisma.sql`
  "finishedAt" = now(), "data" = NULL, "sentTo" = NULL, "message" = NULL, "recipient" = NULL, "network" = NULL`

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
    UPDATE "Mail" SET "state" = 'dropped', ${ended}
    WHERE "id" = ${id}::uuid AND "state" = 'waiting' AND "template" IS NULL`
  return dropped === 1
}

/** Ends what waits for an account without being decided: it was asked for at an e-mail that the account has no more. */
export async function dropUndecided(tx: Transaction, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Mail" SET "state" = 'dropped', ${ended}
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
    UPDATE "Mail" SET "state" = ${state}::"MailState", ${ended},
      "providerId" = CASE WHEN NOT EXISTS (SELECT FROM "Mail" WHERE "providerId" = ${providerId}) THEN ${providerId} END
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
