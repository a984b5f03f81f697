import type { TokenPurpose } from '@/lib/accounts/mailed-links'
import { isLive, type OwnerColumns, ownerOf, type TokenOwner } from '@/lib/accounts/tokens'
import type { Db } from '@/lib/db/client'
import { tokenPolicy } from '@/lib/policy'
import { sha256 } from '@/lib/secrets'

const { maxAttempts } = tokenPolicy

/** Counts a guess at what a link asks for, ahead of its outcome: whose link it is, and the guesses counted. Null when it is dead. */
export async function countAttempt(
  client: Db,
  purpose: TokenPurpose,
  token: string,
): Promise<{ owner: TokenOwner; attempts: number } | null> {
  const [row] = await client.$queryRaw<(OwnerColumns & { attempts: number })[]>`
    UPDATE "Token" SET "attempts" = "attempts" + 1
    WHERE "tokenHash" = ${sha256(token)} AND "purpose" = ${purpose}::"TokenPurpose" AND ${isLive} AND "attempts" < ${maxAttempts}::int
    RETURNING "accountId", "emailKey", "attempts"`
  const owner = row && ownerOf(row)
  return owner ? { owner, attempts: row.attempts } : null
}

/** Takes back a guess that was right. */
export async function takeBackAttempt(client: Db, token: string): Promise<void> {
  await client.$executeRaw`UPDATE "Token" SET "attempts" = "attempts" - 1 WHERE "tokenHash" = ${sha256(token)}`
}
