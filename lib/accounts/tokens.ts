import { createHmac, randomUUID } from 'node:crypto'
import type { LinkProblem } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { db, type Transaction } from '@/lib/db/client'
import { env } from '@/lib/env'
import { purposeKey, sha256 } from '@/lib/keys'

const { maxIdentityAttempts } = tokenPolicy.passwordReset

export type TokenPurpose = 'password_reset' | 'verification' | 'address_change' | 'not_me'

const lifetimes: Record<TokenPurpose, number> = {
  password_reset: tokenPolicy.passwordReset.lifetimeSeconds,
  verification: tokenPolicy.verification.lifetimeSeconds,
  address_change: tokenPolicy.addressChange.lifetimeSeconds,
  not_me: tokenPolicy.notMe.lifetimeSeconds,
}

/**
 * Gives an account a live token of a purpose: the one that was mailed to this address, with its time renewed, so that
 * every mail in the inbox works, or a new one. A new one ends every other, but for `not_me`, where each address keeps its
 * own. Call it under the account's lock. The secret itself is never returned: `mailedToken` derives it.
 */
export async function issueToken(
  tx: Transaction,
  purpose: TokenPurpose,
  accountId: string,
  sentTo: string,
): Promise<{ id: string; expiresAt: Date }> {
  const seconds = lifetimes[purpose]
  const [live] = await tx.$queryRaw<{ id: string; expiresAt: Date; tokenHash: string }[]>`
    UPDATE "Token" SET "expiresAt" = now() + ${seconds}::int * interval '1 second'
    WHERE "accountId" = ${accountId}::uuid AND "purpose" = ${purpose}::"TokenPurpose" AND "sentTo" = ${sentTo}
      AND "usedAt" IS NULL AND "endedAt" IS NULL AND "expiresAt" > now() AND "attempts" < ${maxIdentityAttempts}::int
    RETURNING "id", "expiresAt", "tokenHash"`
  if (live && secretOf(purpose, live.id, live.tokenHash)) return live
  if (purpose !== 'not_me') await endTokens(tx, purpose, accountId, 'replaced')
  const id = randomUUID()
  // By the clock, not by the transaction, which may have begun before the one that held the lock until now.
  const [issued] = await tx.$queryRaw<{ id: string; expiresAt: Date }[]>`
    INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "createdAt", "expiresAt")
    VALUES (${id}::uuid, ${sha256(deriveToken(purpose, id, env().secret))}, ${purpose}::"TokenPurpose", ${accountId}::uuid, ${sentTo},
      clock_timestamp(), now() + ${seconds}::int * interval '1 second')
    RETURNING "id", "expiresAt"`
  if (!issued) throw new Error('a token was not inserted')
  return issued
}

/** The secret of a token, to be mailed, and whether the token is still wanted; null when its key has been rotated away. */
export async function mailedToken(id: string): Promise<{ secret: string; isWanted: boolean } | null> {
  const client = await db()
  const row = await client.token.findUnique({
    where: { id },
    select: { purpose: true, tokenHash: true, usedAt: true, endedAt: true },
  })
  const secret = row && secretOf(row.purpose, id, row.tokenHash)
  return secret ? { secret, isWanted: !row.usedAt && !row.endedAt } : null
}

/** Ends every live token of a purpose; they stay as tombstones that can say why. */
export async function endTokens(
  tx: Transaction,
  purpose: TokenPurpose,
  accountId: string,
  reason: 'password_changed' | 'address_changed' | 'account_closing' | 'replaced',
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Token" SET "endedAt" = now(), "endReason" = CASE WHEN "attempts" >= ${maxIdentityAttempts}::int THEN 'too_many_attempts'
      WHEN "expiresAt" <= now() THEN 'expired' ELSE ${reason} END::"TokenEnd"
    WHERE "accountId" = ${accountId}::uuid AND "purpose" = ${purpose}::"TokenPurpose" AND "usedAt" IS NULL AND "endedAt" IS NULL`
}

/** Whether a link still serves, or why not. Looks only: any number of looks changes nothing. */
export async function peekToken<Problem extends string = LinkProblem>(
  purpose: TokenPurpose,
  token: string | null,
): Promise<'live' | Problem | 'unknown'> {
  if (token === null || !isToken(token)) return 'unknown'
  const client = await db()
  const [row] = await client.$queryRaw<{ state: 'live' | Problem }[]>`
    SELECT CASE WHEN "usedAt" IS NOT NULL THEN 'used' WHEN "endReason" IS NOT NULL THEN "endReason"::text
      WHEN "attempts" >= ${maxIdentityAttempts}::int THEN 'too_many_attempts' WHEN "expiresAt" <= now() THEN 'expired'
      ELSE 'live' END AS "state"
    FROM "Token" WHERE "tokenHash" = ${sha256(token)} AND "purpose" = ${purpose}::"TokenPurpose"`
  return row?.state ?? 'unknown'
}

/** Whose token it is, live or not; null when there is no such token. To be locked before the token is consumed. */
export async function findTokenAccount(tx: Transaction, token: string): Promise<string | null> {
  const row = await tx.token.findUnique({ where: { tokenHash: sha256(token) }, select: { accountId: true } })
  return row?.accountId ?? null
}

/** Uses up a live token: of any number of callers at once exactly one gets its account, all others null. */
export async function consumeToken(
  tx: Transaction,
  purpose: TokenPurpose,
  token: string,
): Promise<{ accountId: string; sentTo: string } | null> {
  if (!isToken(token)) return null
  const [consumed] = await tx.$queryRaw<{ accountId: string; sentTo: string }[]>`
    UPDATE "Token" SET "usedAt" = now()
    WHERE "tokenHash" = ${sha256(token)} AND "purpose" = ${purpose}::"TokenPurpose"
      AND "usedAt" IS NULL AND "endedAt" IS NULL AND "expiresAt" > now()
    RETURNING "accountId", "sentTo"`
  return consumed ?? null
}

/** Ends a token that was consumed just now for an address that another account has: it has not served, and can say why. */
export async function endTaken(tx: Transaction, token: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Token" SET "usedAt" = NULL, "endedAt" = now(), "endReason" = 'address_taken' WHERE "tokenHash" = ${sha256(token)}`
}

/** Whether text has the shape of a token: 256 bits in base64url. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** The secret of the token with this id, of 256 bits; the same whenever it is asked for, and told by nothing but the key. */
export function deriveToken(purpose: TokenPurpose, id: string, secret: string): string {
  return createHmac('sha256', purposeKey(purpose, secret)).update(`${purpose}:${id}`).digest('base64url')
}

function secretOf(purpose: TokenPurpose, id: string, tokenHash: string): string | null {
  const { secret, previousSecret } = env()
  const candidates = [secret, previousSecret].filter((key) => key !== null).map((key) => deriveToken(purpose, id, key))
  return candidates.find((candidate) => sha256(candidate) === tokenHash) ?? null
}
