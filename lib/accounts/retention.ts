import { eraseClosedAccounts } from '@/lib/accounts/erase-closed-accounts'
import { retention } from '@/lib/accounts/policy'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

/** Removes what has been kept long enough. Each statement stands alone and is harmless to repeat or to run twice at once. */
export async function purge(): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "state" = 'abandoned', "data" = NULL, "finishedAt" = now()
    WHERE "state" = 'waiting' AND "template" IS NULL AND "kind" IN ('sign_up', 'password_reset', 'address_change') AND "createdAt" < ${ago(retention.undecidedClaimSeconds)}`
  await client.$executeRaw`DELETE FROM "Mail" WHERE "finishedAt" < ${ago(retention.finishedMailSeconds)}`
  await client.$executeRaw`DELETE FROM "Token" WHERE "expiresAt" < ${ago(retention.deadTokenSeconds)}`
  await client.$executeRaw`DELETE FROM "Session" WHERE "expiresAt" < now()`
  await client.$executeRaw`DELETE FROM "RateLimit" WHERE "endsAt" < now()`
  await client.$executeRaw`DELETE FROM "WebhookReceipt" WHERE "receivedAt" < ${ago(retention.webhookReceiptSeconds)}`
  await client.$executeRaw`DELETE FROM "Event" WHERE "at" < ${ago(retention.eventSeconds)}`
  await client.$executeRaw`DELETE FROM "Account" WHERE "verifiedAt" IS NULL AND "createdAt" < ${ago(retention.unverifiedAccountSeconds)}`
  await eraseClosedAccounts()
}

function ago(seconds: number): Prisma.Sql {
  return Prisma.sql`now() - ${seconds}::int * interval '1 second'`
}
