import { canonicalEmail } from '@/lib/accounts/canonical'
import { endTokens } from '@/lib/accounts/tokens'
import type { Transaction } from '@/lib/db/client'

/**
 * Gives an account an address that its holder has just proved, ends every link that was mailed to the former one, and
 * returns that. Null, and nothing done, when another account has confirmed it; one that has not makes room, as at
 * sign-up. Of two that take one address at the same moment, the second is run again and gets null.
 */
export async function takeAddress(tx: Transaction, accountId: string, address: string): Promise<string | null> {
  const key = canonicalEmail(address)?.key
  if (key === undefined) throw new Error('a token was sent to no address')
  const { email: former } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true } })
  await tx.$executeRaw`DELETE FROM "Account" WHERE "emailKey" = ${key} AND "id" <> ${accountId}::uuid AND "verifiedAt" IS NULL`
  const taken = await tx.$executeRaw`
    UPDATE "Account" SET "email" = ${address}, "emailKey" = ${key}, "verifiedAt" = coalesce("verifiedAt", now())
    WHERE "id" = ${accountId}::uuid
      AND NOT EXISTS (SELECT 1 FROM "Account" a WHERE a."emailKey" = ${key} AND a."id" <> ${accountId}::uuid)`
  if (taken !== 1) return null
  await endTokens(tx, 'password_reset', accountId, 'address_changed')
  await endTokens(tx, 'verification', accountId, 'address_changed')
  return former
}
