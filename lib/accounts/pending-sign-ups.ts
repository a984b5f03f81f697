import type { Db, Transaction } from '@/lib/db/client'
import type { PendingSignUp } from '@/lib/db/generated/client'
import { signUpPolicy } from '@/lib/policy'

const { maxPendingOfEmail, maxPendingOfNetwork } = signUpPolicy

/** Makes this transaction the only one that changes what waits for an e-mail to be proved, until it ends. */
export async function lockEmail(tx: Transaction, emailKey: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${emailKey}, 0))`
}

/**
 * Keeps a sign-up until its e-mail is proved, beside all others for that e-mail: nobody's takes another's place. Of more
 * than twenty for one e-mail, or two from one network, the oldest of the network that has most goes. Call it under the
 * lock of the e-mail.
 */
export async function keepPendingSignUp(tx: Transaction, pending: PendingSignUp): Promise<void> {
  const { emailKey } = pending
  await tx.pendingSignUp.create({ data: pending })
  await tx.$executeRaw`
    DELETE FROM "PendingSignUp" WHERE "id" IN (
      SELECT "id" FROM (
        SELECT "id", row_number() OVER (PARTITION BY "network" ORDER BY "createdAt" DESC, "id") AS "place"
        FROM "PendingSignUp" WHERE "emailKey" = ${emailKey}
      ) AS placed WHERE "place" > ${maxPendingOfNetwork}::int
    )`
  await tx.$executeRaw`
    DELETE FROM "PendingSignUp" WHERE "id" IN (
      SELECT "id" FROM (
        SELECT "id", "createdAt", count(*) OVER (PARTITION BY "network") AS "ofNetwork"
        FROM "PendingSignUp" WHERE "emailKey" = ${emailKey}
      ) AS counted
      ORDER BY "ofNetwork" DESC, "createdAt", "id"
      LIMIT greatest(0, (SELECT count(*) FROM "PendingSignUp" WHERE "emailKey" = ${emailKey}) - ${maxPendingOfEmail}::int)
    )`
}

/** All that wait for an e-mail to be proved, the newest first: at most twenty. */
export function findPendingSignUps(client: Db, emailKey: string): Promise<PendingSignUp[]> {
  return client.pendingSignUp.findMany({ where: { emailKey }, orderBy: { createdAt: 'desc' } })
}

/** Makes an account of a pending sign-up and returns its id; null when its e-mail is an account's already. */
export async function makeAccount(tx: Transaction, pendingId: string): Promise<string | null> {
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    WITH chosen AS (SELECT * FROM "PendingSignUp" WHERE "id" = ${pendingId}::uuid),
    account AS (
      INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "createdAt", "verifiedAt")
      SELECT "id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "createdAt", now() FROM chosen
      ON CONFLICT DO NOTHING RETURNING "id"
    )
    INSERT INTO "Credential" ("accountId", "passwordHash") SELECT "id", "passwordHash" FROM account JOIN chosen USING ("id")
    RETURNING "accountId" AS "id"`
  return made?.id ?? null
}

/** Lets all come to nothing that wait for an e-mail. Call it under the lock of the e-mail. */
export async function deletePendingSignUps(tx: Transaction, emailKey: string): Promise<void> {
  await tx.pendingSignUp.deleteMany({ where: { emailKey } })
}
