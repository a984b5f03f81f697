import { deleteFormerDetails } from '@/lib/accounts/details'
import { deleteDeadTokens } from '@/lib/accounts/tokens'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { mailPolicy, retention } from '@/lib/policy'
import { eachByItself } from '@/lib/worker/each-by-itself'
import { eraseClosedAccounts } from '@/lib/worker/erasure'

/** How many rows one statement takes, so that it is over long before the time it has, and how many such statements a round makes. */
const batch = { rows: 2_000, statements: 50 }

const wiped = Prisma.sql`"data" = NULL, "sentTo" = NULL, "message" = NULL, "recipient" = NULL, "network" = NULL`

/**
 * Removes what has been kept long enough: how long is said in `lib/policy.ts`. Each statement stands alone and is harmless to repeat or to run twice
 * at once. Of a backlog beyond a hundred thousand rows of a kind the next round removes the rest. Throws when a kind could not be removed, once
 * all others were.
 */
export async function purge(): Promise<void> {
  const client = await db()
  const statements = [
    Prisma.sql`UPDATE "Mail" SET "state" = 'abandoned', ${wiped}, "finishedAt" = now() WHERE ${some(
      'Mail',
      'id',
      Prisma.sql`"state" = 'waiting' AND "template" IS NULL AND "kind" IN ('sign_up', 'verification', 'password_reset', 'address_change')
        AND "createdAt" < ${ago(retention.undecidedClaimSeconds)}`,
    )}`,
    // Whoever takes it up ends it, but in a long trouble, or where no release can read it, nobody does.
    Prisma.sql`UPDATE "Mail" SET "state" = 'abandoned', ${wiped}, "finishedAt" = now() WHERE ${some(
      'Mail',
      'id',
      Prisma.sql`"state" = 'waiting' AND "createdAt" < ${ago(mailPolicy.usefulSeconds.notice)} AND coalesce("leasedUntil" <= now(), true)`,
    )}`,
    // A release before this one ends a mail without wiping what this one kept for its attempts.
    Prisma.sql`UPDATE "Mail" SET "message" = NULL WHERE ${some(
      'Mail',
      'id',
      Prisma.sql`"finishedAt" > now() - interval '1 day' AND "message" IS NOT NULL`,
    )}`,
    oldest('Mail', 'id', 'finishedAt', ago(retention.finishedMailSeconds)),
    oldest('Session', 'tokenHash', 'expiresAt', Prisma.sql`now()`),
    oldest('RateLimit', 'key', 'endsAt', Prisma.sql`now()`),
    oldest('WebhookReceipt', 'id', 'receivedAt', ago(retention.webhookReceiptSeconds)),
    oldest('Event', 'id', 'at', ago(retention.eventSeconds)),
    oldest('PendingSignUp', 'id', 'createdAt', ago(retention.pendingSignUpSeconds)),
    // A release before this one may have written digests after the migration that wiped them.
    Prisma.sql`UPDATE "Event" SET "subject" = NULL WHERE ${some('Event', 'id', Prisma.sql`"subject" IS NOT NULL`)}`,
  ]
  await eachByItself([
    ...statements.map((statement) => () => inBatches(() => client.$executeRaw(statement))),
    () => inBatches(() => deleteDeadTokens(client, batch.rows)),
    () => inBatches(() => deleteFormerDetails(client, batch.rows)),
    eraseClosedAccounts,
  ])
}

/** Until a statement finds fewer than it may take. */
async function inBatches(take: () => Promise<number>): Promise<void> {
  for (let made = 0; made < batch.statements; made += 1) if ((await take()) < batch.rows) return
}

/** Removes rows of a table by a time that is over, the oldest first, so that they are found by the index of that time however many there are. */
function oldest(table: Prisma.ModelName, key: string, at: string, before: Prisma.Sql): Prisma.Sql {
  const [from, time] = [named(table), named(at)]
  return Prisma.sql`DELETE FROM ${from} WHERE ${some(table, key, Prisma.sql`${time} < ${before} ORDER BY ${time}`)}`
}

/** Of the rows that something is true of as many as one statement takes, and none that somebody holds. */
function some(table: Prisma.ModelName, key: string, isTrue: Prisma.Sql): Prisma.Sql {
  const [from, id] = [named(table), named(key)]
  return Prisma.sql`${id} IN (SELECT ${id} FROM ${from} WHERE ${isTrue} LIMIT ${Prisma.raw(`${batch.rows}`)} FOR UPDATE SKIP LOCKED)`
}

function named(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`)
}

function ago(seconds: number): Prisma.Sql {
  return Prisma.sql`now() - ${seconds}::int * interval '1 second'`
}
