import { canonicalEmail, canonicalUsername } from '@/lib/accounts/canonical'
import { db } from '@/lib/db/client'
import { fail, ok, type Result } from '@/lib/result'
import { trimUnseen } from '@/lib/unseen'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The id of the account that has this id, e-mail or user name, however it is spelt. No two of them look alike. */
export async function findAccount(identifier: string): Promise<Result<string, 'unknown_account'>> {
  const client = await db()
  const where = keyOf(identifier)
  const account = where && (await client.account.findUnique({ where, select: { id: true } }))
  return account ? ok(account.id) : fail('unknown_account')
}

function keyOf(typed: string) {
  const identifier = trimUnseen(typed)
  if (uuid.test(identifier)) return { id: identifier.toLowerCase() }
  const emailKey = canonicalEmail(identifier)?.key
  if (emailKey !== undefined) return { emailKey }
  const usernameKey = canonicalUsername(identifier)
  return usernameKey === null ? null : { usernameKey }
}
