import { lockAccount } from '@/lib/accounts/credentials'
import { mailedLinks } from '@/lib/accounts/mailed-links'
import { lockEmail } from '@/lib/accounts/pending-sign-ups'
import { issueToken, ownerOf } from '@/lib/accounts/tokens'
import { type Transaction, transaction } from '@/lib/db/client'
import { type DecidedMail, linkPages } from '@/lib/mail/decided-mail'
import { tokenPolicy } from '@/lib/policy'
import { recoverToken } from '@/lib/secrets'

/**
 * Gives the link of a mail that was never handed over its whole life again, in the mail too; one that has lived as long as a
 * link may in all, or whose secret was rotated away, is replaced. What has ended stays ended.
 */
export async function renewLink(mailId: string, mail: DecidedMail): Promise<DecidedMail> {
  if (!('token' in mail)) return mail
  const { token, template, sentTo, ...rest } = mail
  return transaction(async (tx) => {
    const renewed = await renewToken(tx, token.id, linkPages[template])
    if (!renewed) return mail
    const renewedToken = { id: renewed.id, validUntil: renewed.expiresAt.toISOString() }
    await tx.mail.updateMany({
      where: { id: mailId, state: 'waiting' },
      data: { data: { ...rest, token: renewedToken } },
    })
    return { ...mail, token: renewedToken }
  })
}

async function renewToken(
  tx: Transaction,
  id: string,
  page: keyof typeof mailedLinks,
): Promise<{ id: string; expiresAt: Date } | null> {
  const { purpose, lifetimeSeconds } = mailedLinks[page]
  const row = await tx.token.findUnique({ where: { id } })
  const owner = row && ownerOf(row)
  if (!owner) return null
  await ('accountId' in owner ? lockAccount(tx, owner.accountId) : lockEmail(tx, owner.emailKey))
  const [open] = await tx.$queryRaw<{ isYoung: boolean; passwordHash: string | null }[]>`
    SELECT "createdAt" > now() - ${(tokenPolicy.maxLifetimes - 1) * lifetimeSeconds}::int * interval '1 second' AS "isYoung", "passwordHash"
    FROM "Token" WHERE "id" = ${id}::uuid AND "usedAt" IS NULL AND "endedAt" IS NULL`
  if (!open) return null
  if (!open.isYoung || !recoverToken(purpose, id, row.tokenHash))
    return issueToken(tx, purpose, owner, row.sentTo, { hash: open.passwordHash, isNewest: false })
  const [renewed] = await tx.$queryRaw<{ id: string; expiresAt: Date }[]>`
    UPDATE "Token" SET "expiresAt" = now() + ${lifetimeSeconds}::int * interval '1 second'
    WHERE "id" = ${id}::uuid RETURNING "id", "expiresAt"`
  return renewed ?? null
}
