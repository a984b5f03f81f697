import { canonicalEmail } from '@/lib/accounts/canonical'
import { deletePendingSignUps, lockEmail } from '@/lib/accounts/pending-sign-ups'
import { endTokens } from '@/lib/accounts/tokens'
import type { Transaction } from '@/lib/db/client'
import { dropUndecided } from '@/lib/mail/outbox'

/**
 * Gives an account an e-mail that its holder has just proved, ends every link that was mailed to the former one, and
 * returns that; sign-ups that wait for it come to nothing. Null, and nothing done, when another account has it. Of two that
 * take one e-mail at the same moment, the second is run again and gets null.
 */
export async function takeEmail(tx: Transaction, accountId: string, email: string): Promise<string | null> {
  const key = canonicalEmail(email)?.key
  if (key === undefined) throw new Error('a token was sent to no address')
  const { email: former } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true } })
  await lockEmail(tx, key)
  const taken = await tx.$executeRaw`
    UPDATE "Account" SET "email" = ${email}, "emailKey" = ${key}, "mailReturnedAt" = NULL
    WHERE "id" = ${accountId}::uuid
      AND NOT EXISTS (SELECT 1 FROM "Account" a WHERE a."emailKey" = ${key} AND a."id" <> ${accountId}::uuid)`
  if (taken !== 1) return null
  await endTokens(tx, 'password_reset', { accountId }, 'address_changed')
  await endTokens(tx, 'verification', { emailKey: key }, 'address_taken')
  await deletePendingSignUps(tx, key)
  await dropUndecided(tx, accountId)
  return former
}
