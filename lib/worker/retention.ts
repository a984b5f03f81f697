import { deleteFormerDetails } from '@/lib/accounts/details'
import { deleteOldSignUps } from '@/lib/accounts/pending-sign-ups'
import { deleteDeadTokens } from '@/lib/accounts/tokens'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { mailPolicy, retention } from '@/lib/policy'
import { eraseClosedAccounts } from '@/lib/worker/erasure'

/** How many rows one statement removes, so that it is over long before the time it has, and how many such statements a round makes. */
const batch = { rows: 2_000, statements: 50 }

/**
 * Removes what has been kept long enough: how long is said in `lib/policy.ts`. Each statement stands alone and is harmless to repeat or to run twice
 * at once. Of a backlog beyond a hundred thousand rows of a kind the next round removes the rest.
 */
export async function purge(): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "state" = 'abandoned', "data" = NULL, "recipient" = NULL, "network" = NULL, "finishedAt" = now()
    WHERE "state" = 'waiting' AND "template" IS NULL AND "kind" IN ('sign_up', 'verification', 'password_reset', 'address_change') AND "createdAt" < ${ago(retention.undecidedClaimSeconds)}`
  // Whoever takes it up ends it, but in a long trouble, or where no release can read it, nobody does.
  await client.$executeRaw`
    UPDATE "Mail" SET "state" = 'abandoned', "data" = NULL, "sentTo" = NULL, "message" = NULL, "recipient" = NULL, "network" = NULL, "finishedAt" = now()
    WHERE "state" = 'waiting' AND "createdAt" < ${ago(mailPolicy.usefulSeconds.notice)} AND coalesce("leasedUntil" <= now(), true)`
  // A release before this one ends a mail without wiping what this one kept for its attempts.
  await client.$executeRaw`UPDATE "Mail" SET "message" = NULL WHERE "finishedAt" > now() - interval '1 day' AND "message" IS NOT NULL`
  await inBatches(() => client.$executeRaw(oldest('Mail', 'id', 'finishedAt', ago(retention.finishedMailSeconds))))
  await inBatches(() => deleteDeadTokens(client, batch.rows))
  await deleteFormerDetails(client)
  await inBatches(() => client.$executeRaw(oldest('Session', 'tokenHash', 'expiresAt', Prisma.sql`now()`)))
  await inBatches(() => client.$executeRaw(oldest('RateLimit', 'key', 'endsAt', Prisma.sql`now()`)))
  await inBatches(() =>
    client.$executeRaw(oldest('WebhookReceipt', 'id', 'receivedAt', ago(retention.webhookReceiptSeconds))),
  )
  await inBatches(() => client.$executeRaw(oldest('Event', 'id', 'at', ago(retention.eventSeconds))))
  await deleteOldSignUps(client)
  // A release before this one may have written digests after the migration that wiped them.
  await client.$executeRaw`UPDATE "Event" SET "subject" = NULL WHERE "subject" IS NOT NULL`
  await eraseClosedAccounts()
}

/** Until a statement finds fewer than it may remove. */
async function inBatches(remove: () => Promise<number>): Promise<void> {
  for (let made = 0; made < batch.statements; made += 1) if ((await remove()) < batch.rows) return
}

/** Removes rows of a table by a time that is over, the oldest first, so that they are found by the index of that time however many there are. */
function oldest(table: Prisma.ModelName, key: string, at: string, before: Prisma.Sql): Prisma.Sql {
  const [from, id, time] = [table, key, at].map((name) => Prisma.raw(`"${name}"`)) as [
    Prisma.Sql,
    Prisma.Sql,
    Prisma.Sql,
  ]
  return Prisma.sql`
    DELETE FROM ${from} WHERE ${id} IN (
      SELECT ${id} FROM ${from} WHERE ${time} < ${before}
      ORDER BY ${time} LIMIT ${Prisma.raw(`${batch.rows}`)} FOR UPDATE SKIP LOCKED)`
}

function ago(seconds: number): Prisma.Sql {
  return Prisma.sql`now() - ${seconds}::int * interval '1 second'`
}
