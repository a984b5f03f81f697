import { allow } from '@/lib/accounts/allow'
import type { Username } from '@/lib/accounts/input'
import { isReservedUsername } from '@/lib/accounts/reserved-usernames'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, isTaken, transaction } from '@/lib/db/client'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Gives an account a user name, in the place of a former one, which is free from then on. A name that is reserved or
 * that somebody has is `taken`; of any number who want it at once one gets it. Attempts are limited per account, so
 * that nobody reads out who is called what.
 */
export async function changeUsername(
  accountId: string,
  { name, key }: Username,
  { network }: Caller,
): Promise<Result<undefined, 'too_many_requests' | 'taken'>> {
  const client = await db()
  const allowed = await allow(client, 'change_username', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  if (isReservedUsername(key)) return fail('taken')
  const data = { username: name, usernameKey: key }
  try {
    await transaction(async (tx) => {
      await tx.account.update({ where: { id: accountId }, data, select: { id: true } })
      await recordEvent(tx, 'user_updated', { accountId, network, via: 'change_username' })
    })
  } catch (error) {
    // The constraint decides, not a look at what is there: of two who looked at once, both would have seen nobody.
    if (isTaken(error)) return fail('taken')
    throw error
  }
  return ok()
}

/** Takes an account's user name away. Harmless when it has none. */
export async function removeUsername(accountId: string, { network }: Caller): Promise<void> {
  await transaction(async (tx) => {
    const removed = await tx.account.updateMany({
      where: { id: accountId, usernameKey: { not: null } },
      data: { username: null, usernameKey: null },
    })
    if (removed.count > 0) await recordEvent(tx, 'user_updated', { accountId, network, via: 'remove_username' })
  })
}
