import { lockAccount } from '@/lib/accounts/credentials'
import { forgetGuesses } from '@/lib/accounts/guesses'
import { type AuditDetail, type Operator, recordEvent } from '@/lib/audit'
import { type Transaction, transaction } from '@/lib/db/client'

const batchSize = 20

/**
 * Erases the accounts whose days to be kept are over, with all that is theirs; of what happened stays when and what, but
 * not to whom or from where. An account that is kept at the same moment is erased or stays whole.
 */
export async function eraseClosedAccounts(): Promise<void> {
  for (;;) if ((await transaction(eraseSome)) < batchSize) return
}

/** Erases one account at once, by an operator: for good, and its owner is not told. False when it is there no more. */
export async function eraseAccount(accountId: string, operator: Operator): Promise<boolean> {
  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    const [erased] = await tx.$queryRaw<{ emailKey: string }[]>`
      DELETE FROM "Account" WHERE "id" = ${accountId}::uuid RETURNING "emailKey"`
    if (!erased) return false
    await forget(tx, accountId, erased.emailKey, { via: 'erase_account', operator })
    return true
  })
}

async function eraseSome(tx: Transaction): Promise<number> {
  const closed = await tx.$queryRaw<{ id: string; emailKey: string }[]>`
    DELETE FROM "Account" WHERE "id" IN (
      SELECT "id" FROM "Account" WHERE "closesAt" <= now() LIMIT ${batchSize}::int FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "emailKey"`
  for (const { id, emailKey } of closed) await forget(tx, id, emailKey, { via: 'close_account' })
  return closed.length
}

async function forget(tx: Transaction, id: string, emailKey: string, event: AuditDetail): Promise<void> {
  // The ticket or the request of a former event leads to the person.
  await tx.event.updateMany({
    where: { accountId: id },
    data: { accountId: null, network: null, reason: null, request: null },
  })
  const isAbout = [
    { path: ['accountId'], equals: id },
    { path: ['claim', 'email', 'key'], equals: emailKey },
    { path: ['email', 'key'], equals: emailKey },
  ]
  await tx.mail.deleteMany({
    where: { OR: [{ accountId: id }, ...isAbout.map((data) => ({ state: 'waiting' as const, data }))] },
  })
  await forgetGuesses(tx, id)
  await recordEvent(tx, 'user_deleted', event)
}
