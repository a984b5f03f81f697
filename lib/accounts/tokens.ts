import { randomUUID } from 'node:crypto'
import { mailedLinks, type TokenPurpose } from '@/lib/accounts/mailed-links'
import type { Db, Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { step } from '@/lib/db/step'
import { retention, tokenPolicy } from '@/lib/policy'
import { deriveToken, recoverToken, sha256 } from '@/lib/secrets'

const { maxAttempts } = tokenPolicy
const isOpen = Prisma.sql`"usedAt" IS NULL AND "endedAt" IS NULL`
/** Of a token that serves. */
export const isLive = Prisma.sql`${isOpen} AND "expiresAt" > now()`

/** Whose a token is: an account's, or those pending sign-ups' for which the e-mail is to be proved. */
export type TokenOwner = { accountId: string } | { emailKey: string }

type Issued = { id: string; expiresAt: Date }

/**
 * The hash of the password that a link "this was not me" asks for, and whether it takes the place of an earlier one. `at`:
 * when what it undoes happened, in ISO 8601; now, unless it is told.
 */
export type AskedPassword = { hash: string | null; isNewest: boolean; at?: string }

/**
 * Gives its owner a live token of a purpose: the one that was mailed to this e-mail, with its time renewed, so that every mail
 * in the inbox works, or a new one. However an e-mail to be proved is spelt, it has one. A new one ends every other, but for
 * `not_me`, where each e-mail keeps its own for each password that it asks for and for the details that it brings back. Call it under the owner's lock. The secret
 * itself is never returned: `mailedToken` derives it.
 */
export async function issueToken(
  tx: Transaction,
  purpose: TokenPurpose,
  owner: TokenOwner,
  sentTo: string,
  { hash, isNewest, at }: AskedPassword = { hash: null, isNewest: false },
): Promise<Issued> {
  // `clock_timestamp()`, because this transaction may have begun before the one that held the lock.
  const undoesFrom = Prisma.sql`coalesce(${at ?? null}::timestamptz, clock_timestamp())`
  const seconds = Object.values(mailedLinks).find((link) => link.purpose === purpose)?.lifetimeSeconds ?? 0
  const renewed = await tx.$queryRaw<
    (Issued & { tokenHash: string; passwordHash: string | null; isOutdated: boolean })[]
  >`
    UPDATE "Token" SET "expiresAt" = now() + ${seconds}::int * interval '1 second',
      "passwordHash" = CASE WHEN ${isNewest} THEN ${hash} ELSE "passwordHash" END
    WHERE ${isOf(owner)} AND "purpose" = ${purpose}::"TokenPurpose" AND ("sentTo" = ${sentTo} OR ${'emailKey' in owner})
      AND ${isLive} AND "attempts" < ${maxAttempts}::int
      AND "createdAt" > now() - ${(tokenPolicy.maxLifetimes - 1) * seconds}::int * interval '1 second'
    RETURNING "id", "expiresAt", "tokenHash", "passwordHash", "purpose" = 'not_me' AND EXISTS (
      SELECT FROM "FormerDetails" f
      WHERE f."accountId" = "Token"."accountId" AND f."until" BETWEEN SYMMETRIC "Token"."createdAt" AND ${undoesFrom}) AS "isOutdated"`
  const live = renewed.find(({ passwordHash, isOutdated }) => passwordHash === hash && !isOutdated)
  if (live && recoverToken(purpose, live.id, live.tokenHash)) return live
  if (purpose !== 'not_me') await endTokens(tx, purpose, owner, 'replaced')
  const id = randomUUID()
  const { accountId, emailKey } = { accountId: null, emailKey: null, ...owner }
  const [issued] = await tx.$queryRaw<Issued[]>`
    INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "emailKey", "sentTo", "passwordHash", "createdAt", "expiresAt")
    VALUES (${id}::uuid, ${sha256(deriveToken(purpose, id))}, ${purpose}::"TokenPurpose", ${accountId}::uuid, ${emailKey}, ${sentTo}, ${hash},
      ${undoesFrom}, now() + ${seconds}::int * interval '1 second')
    RETURNING "id", "expiresAt"`
  if (!issued) throw new Error('a token was not inserted')
  return issued
}

/** Whose token it is, live or not; null when there is no such token. To be locked before the token is consumed. */
export async function findTokenOwner(client: Db, token: string): Promise<TokenOwner | null> {
  const row = await client.token.findUnique({ where: { tokenHash: sha256(token) } })
  return row && ownerOf(row)
}

/** Uses up a live token and returns where it was mailed to: of any number of callers at once exactly one gets that, all others null. */
export async function consumeToken(tx: Transaction, purpose: TokenPurpose, token: string): Promise<string | null> {
  const [consumed] = await tx.$queryRaw<{ sentTo: string }[]>`
    UPDATE "Token" SET "usedAt" = now()
    WHERE "tokenHash" = ${sha256(token)} AND "purpose" = ${purpose}::"TokenPurpose" AND ${isLive} RETURNING "sentTo"`
  return consumed?.sentTo ?? null
}

/**
 * Ends the live tokens of a purpose, or of these those issued after the token `since`, or mailed to another e-mail than
 * `keptFor`; they stay as tombstones that can say why.
 */
export async function endTokens(
  tx: Transaction,
  purpose: TokenPurpose,
  owner: TokenOwner,
  reason: 'password_changed' | 'address_changed' | 'account_closing' | 'address_taken' | 'replaced',
  { since, keptFor }: { since?: string; keptFor?: string } = {},
): Promise<void> {
  const later = Prisma.sql`AND "createdAt" > (SELECT "createdAt" FROM "Token" WHERE "tokenHash" = ${sha256(since ?? '')})`
  const elsewhere = Prisma.sql`AND "sentTo" <> ${keptFor ?? ''}`
  await tx.$executeRaw`
    UPDATE "Token" SET "endedAt" = now(), "endReason" = CASE WHEN "attempts" >= ${maxAttempts}::int THEN 'too_many_attempts'
      WHEN "expiresAt" <= now() THEN 'expired' ELSE ${reason} END::"TokenEnd"
    WHERE ${isOf(owner)} AND "purpose" = ${purpose}::"TokenPurpose" AND ${isOpen}
      ${since ? later : Prisma.empty} ${keptFor ? elsewhere : Prisma.empty}`
}

/** Ends one token and says why, also one consumed in this transaction that has not served after all. False when it had ended. */
export async function endToken(
  tx: Transaction,
  token: string,
  reason: 'address_taken' | 'too_many_attempts',
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE "Token" SET "usedAt" = NULL, "endedAt" = now(), "endReason" = ${reason}::"TokenEnd"
    WHERE "tokenHash" = ${sha256(token)} AND "endedAt" IS NULL AND ("usedAt" IS NULL OR "usedAt" = now())`
  return ended === 1
}

/** Makes the links of an e-mail, dead as they are, those of the account that has been opened for it. */
export async function handTokens(tx: Transaction, emailKey: string, accountId: string): Promise<void> {
  await tx.token.updateMany({ where: { emailKey }, data: { accountId, emailKey: null } })
}

/** Removes a step of the tokens that have been dead for long enough, and that no mail waits to bring with its time renewed. Returns how many. */
export async function deleteDeadTokens(client: Db): Promise<number> {
  return client.$executeRaw`
    DELETE FROM "Token" WHERE "id" IN (SELECT "id" FROM "Token" t
      WHERE "expiresAt" < now() - ${retention.deadTokenSeconds}::int * interval '1 second'
        AND NOT EXISTS (SELECT FROM "Mail" WHERE "state" = 'waiting' AND "data" #>> '{token,id}' = t."id"::text)
      ORDER BY "expiresAt" ${step.limit} FOR UPDATE SKIP LOCKED)`
}

export type OwnerColumns = { accountId: string | null; emailKey: string | null }

export function ownerOf({ accountId, emailKey }: OwnerColumns): TokenOwner | null {
  if (accountId !== null) return { accountId }
  return emailKey === null ? null : { emailKey }
}

const isOf = (owner: TokenOwner): Prisma.Sql =>
  'accountId' in owner ? Prisma.sql`"accountId" = ${owner.accountId}::uuid` : Prisma.sql`"emailKey" = ${owner.emailKey}`
