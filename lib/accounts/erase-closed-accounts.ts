import { recordEvent } from '@/lib/audit'
import { type Transaction, transaction } from '@/lib/db/client'
import { pseudonym } from '@/lib/keys'

const batchSize = 20

type Closed = { id: string; emailKey: string; usernameKey: string | null }

/**
 * Erases the accounts whose days to be kept are over, with all that is theirs; of what happened stays when and what, but
 * not to whom or from where. An account that is kept at the same moment is erased or stays whole.
 */
export async function eraseClosedAccounts(): Promise<void> {
  for (;;) if ((await transaction(eraseSome)) < batchSize) return
}

async function eraseSome(tx: Transaction): Promise<number> {
  const closed = await tx.$queryRaw<Closed[]>`
    DELETE FROM "Account" WHERE "id" IN (
      SELECT "id" FROM "Account" WHERE "closesAt" <= now() LIMIT ${batchSize}::int FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "emailKey", "usernameKey"`
  for (const account of closed) await forget(tx, account)
  return closed.length
}

async function forget(tx: Transaction, { id, emailKey, usernameKey }: Closed): Promise<void> {
  const subjects = [emailKey, usernameKey].filter((key) => key !== null).map(pseudonym)
  await tx.event.updateMany({
    where: { OR: [{ accountId: id }, { subject: { in: subjects } }] },
    data: { accountId: null, subject: null, address: null },
  })
  await tx.mail.deleteMany({
    where: { OR: [{ accountId: id }, { state: 'waiting', data: { path: ['accountId'], equals: id } }] },
  })
  await recordEvent(tx, 'user_deleted', { via: 'close_account' })
}
