import { randomUUID } from 'node:crypto'
import { mailPolicy } from '@/lib/accounts/policy'
import { db, type Transaction } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'

/** A mail under lease: undecided while `template` is null, then frozen so that every attempt sends the same bytes. */
export type LeasedMail = {
  id: string
  kind: string
  locale: string
  data: Prisma.JsonValue
  template: string | null
  sentTo: string | null
  attempts: number
  createdAt: Date
  /** The database's clock at the lease. */
  leasedAt: Date
}

export type Decision = { template: string; sentTo: string; accountId: string; data: Prisma.InputJsonObject }

/** Writes a mail to be decided and composed later: one INSERT, which looks nothing up. */
export async function enqueueMail(
  tx: Transaction,
  kind: string,
  locale: string,
  data: Prisma.InputJsonObject,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO "Mail" ("id", "kind", "locale", "data") VALUES (${randomUUID()}::uuid, ${kind}, ${locale}, ${data}::jsonb)`
}

/**
 * Takes at most `count` due mails, written at least `minAgeMs` ago, for a minute, each by one worker only; an attempt is
 * counted ahead of its outcome.
 */
export async function leaseDueMail(count: number = mailPolicy.batchSize, minAgeMs = 0): Promise<LeasedMail[]> {
  const client = await db()
  const leased = await client.$queryRaw<LeasedMail[]>`
    UPDATE "Mail" SET "leasedUntil" = now() + ${mailPolicy.leaseSeconds}::int * interval '1 second', "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT "id" FROM "Mail"
      WHERE "state" = 'waiting' AND "nextAttemptAt" <= now() AND coalesce("leasedUntil" <= now(), true)
        AND "createdAt" <= now() - ${minAgeMs}::int * interval '1 millisecond'
      ORDER BY "nextAttemptAt" LIMIT ${count}::int FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "kind", "locale", "data", "template", "sentTo", "attempts", "createdAt", now() AS "leasedAt"`
  return leased.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** Gives back mails whose turn did not come, as if they had not been taken: they keep their place, and no attempt counts. */
export async function returnMail(mails: LeasedMail[]): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "leasedUntil" = NULL, "attempts" = "attempts" - 1
    WHERE "id" = ANY(${mails.map(({ id }) => id)}::uuid[]) AND "state" = 'waiting' AND "leasedUntil" > now()`
}

/** Freezes what an undecided mail says and to whom, in the place of its intent. False when somebody else decided it. */
export async function keepDecision(tx: Transaction, id: string, decision: Decision): Promise<boolean> {
  const { count } = await tx.mail.updateMany({ where: { id, template: null, state: 'waiting' }, data: decision })
  return count === 1
}

/** Ends an undecided mail that nobody is to get, and wipes what it held. False when somebody else decided it. */
export async function dropMail(tx: Transaction, id: string): Promise<boolean> {
  const dropped = await tx.$executeRaw`
    UPDATE "Mail" SET "state" = 'dropped', "data" = NULL, "finishedAt" = now()
    WHERE "id" = ${id}::uuid AND "state" = 'waiting' AND "template" IS NULL`
  return dropped === 1
}

/** Ends a decided mail and wipes what it held. Of two workers only the first ends it; the other gets false. */
export async function finishMail(
  tx: Transaction,
  id: string,
  state: 'sent' | 'abandoned',
  providerId: string | null = null,
): Promise<boolean> {
  const finished = await tx.$executeRaw`
    UPDATE "Mail" SET "state" = ${state}::"MailState", "providerId" = ${providerId}, "data" = NULL, "sentTo" = NULL, "finishedAt" = now()
    WHERE "id" = ${id}::uuid AND "state" = 'waiting'`
  return finished === 1
}

/** Gives a mail back to be tried again after `seconds`, give or take a fifth. */
export async function postponeMail(id: string, seconds: number): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "leasedUntil" = NULL, "nextAttemptAt" = now() + ${seconds}::float8 * (0.8 + random() * 0.4) * interval '1 second'
    WHERE "id" = ${id}::uuid AND "state" = 'waiting'`
}
