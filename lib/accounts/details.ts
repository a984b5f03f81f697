import type { ChangeDetails } from '@/lib/accounts/input'
import type { Db, Transaction } from '@/lib/db/client'
import type { FormerDetails } from '@/lib/db/generated/client'
import { step } from '@/lib/db/step'
import type { DetailKind } from '@/lib/mail/decided-mail'
import { sha256 } from '@/lib/secrets'

/** What an account is known by besides its e-mail. */
export type Details = Omit<ChangeDetails, 'currentPassword'>

type Former = Details & { email: string; passwordHash: string }

/**
 * Gives an account other details, and returns the former ones, with where it is told of and the hash of its password. Null,
 * and nothing done, when they are the same. Call it under the account's lock.
 */
export async function putDetails(
  tx: Transaction,
  accountId: string,
  { firstName, lastName, country, organizationType }: Details,
): Promise<Former | null> {
  const [former] = await tx.$queryRaw<Former[]>`
    UPDATE "Account" a SET "firstName" = ${firstName}, "lastName" = ${lastName}, "country" = ${country},
      "organizationType" = ${organizationType}::"OrganizationType"
    FROM (SELECT f.*, c."passwordHash" FROM "Account" f JOIN "Credential" c ON c."accountId" = f."id" WHERE f."id" = ${accountId}::uuid) f
    WHERE a."id" = f."id" AND (f."firstName", f."lastName", f."country", f."organizationType")
      IS DISTINCT FROM (${firstName}, ${lastName}, ${country}, ${organizationType}::"OrganizationType")
    RETURNING f."firstName", f."lastName", f."country", f."organizationType"::text, f."email", f."passwordHash"`
  return former ?? null
}

/** Keeps details that were changed just now, for the links “this was not me” that are live. */
export async function keepFormerDetails(tx: Transaction, accountId: string, former: Details): Promise<void> {
  await tx.formerDetails.create({ data: { accountId, ...former } })
}

/**
 * Gives an account back the details that it had when a link was made, whatever has changed them since. False, and nothing
 * done, when it still has them. Call it under the account's lock.
 */
export async function bringBackDetails(tx: Transaction, accountId: string, token: string): Promise<boolean> {
  const [then] = await tx.$queryRaw<FormerDetails[]>`
    SELECT * FROM "FormerDetails" WHERE "accountId" = ${accountId}::uuid
      AND "until" >= (SELECT "createdAt" FROM "Token" WHERE "tokenHash" = ${sha256(token)})
    ORDER BY "until" LIMIT 1`
  const left = then ? await putDetails(tx, accountId, then) : null
  if (!left) return false
  const { email: _email, passwordHash: _hash, ...details } = left
  await keepFormerDetails(tx, accountId, details)
  return true
}

/** Of which kind the differences are, which a notice may tell. */
export function changesOf(former: Details, details: Details): DetailKind[] {
  const isNamed = former.firstName === details.firstName && former.lastName === details.lastName
  return [
    ...(isNamed ? [] : (['name'] as const)),
    ...(former.country === details.country ? [] : (['country'] as const)),
    ...(former.organizationType === details.organizationType ? [] : (['organization_type'] as const)),
  ]
}

/** Removes a step of the details that no link can bring back any more, and returns how many. */
export async function deleteFormerDetails(client: Db): Promise<number> {
  return client.$executeRaw`
    DELETE FROM "FormerDetails" WHERE "id" IN (SELECT "id" FROM "FormerDetails" f
      WHERE NOT EXISTS (SELECT FROM "Token" t WHERE t."accountId" = f."accountId"
        AND t."purpose" = 'not_me' AND t."usedAt" IS NULL AND t."endedAt" IS NULL AND t."createdAt" <= f."until")
      ${step.limit} FOR UPDATE SKIP LOCKED)`
}
