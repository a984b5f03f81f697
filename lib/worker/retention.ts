import { deleteFormerDetails } from '@/lib/accounts/details'
import { deleteOldSignUps } from '@/lib/accounts/pending-sign-ups'
import { deleteDeadTokens } from '@/lib/accounts/tokens'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { mailPolicy, retention } from '@/lib/policy'
import { eraseClosedAccounts } from '@/lib/worker/erasure'

/** Removes what has been kept long enough: how long is said in `lib/policy.ts`. Each statement stands alone and is harmless to repeat or to run twice at once. */
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
  await client.$executeRaw`DELETE FROM "Mail" WHERE "finishedAt" < ${ago(retention.finishedMailSeconds)}`
  await deleteDeadTokens(client)
  await deleteFormerDetails(client)
  await client.$executeRaw`DELETE FROM "Session" WHERE "expiresAt" < now()`
  await client.$executeRaw`DELETE FROM "RateLimit" WHERE "endsAt" < now()`
  await client.$executeRaw`DELETE FROM "WebhookReceipt" WHERE "receivedAt" < ${ago(retention.webhookReceiptSeconds)}`
  await client.$executeRaw`DELETE FROM "Event" WHERE "at" < ${ago(retention.eventSeconds)}`
  await deleteOldSignUps(client)
  // A release before this one may have written digests after the migration that wiped them.
  await client.$executeRaw`UPDATE "Event" SET "subject" = NULL WHERE "subject" IS NOT NULL`
  await eraseClosedAccounts()
}

function ago(seconds: number): Prisma.Sql {
  return Prisma.sql`now() - ${seconds}::int * interval '1 second'`
}
