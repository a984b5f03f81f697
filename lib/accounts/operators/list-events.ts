import { findAccount } from '@/lib/accounts/operators/find-account'
import { type Operator, recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { ok } from '@/lib/result'

type Sought = { account: string | null; name: string | null; sinceSeconds: number | null; limit: number }

/** The newest events of those sought, without networks. To look at those of one account is recorded first. */
export async function listEvents({ account, name, sinceSeconds, limit }: Sought, operator: Operator) {
  const found = account === null ? ok(null) : await findAccount(account)
  if (!found.ok) return found
  const accountId = found.value
  const client = await db()
  if (accountId !== null) await recordEvent(client, 'sensitive_read', { accountId, operator, via: 'list_events' })
  return ok(
    await client.$queryRaw<ListedEvent[]>`
      SELECT "at", "name", "via", "accountId", "operator", "reason" FROM "Event"
      WHERE (${accountId}::uuid IS NULL OR "accountId" = ${accountId}::uuid) AND (${name}::text IS NULL OR "name" = ${name})
        AND (${sinceSeconds}::float8 IS NULL OR "at" >= now() - ${sinceSeconds}::float8 * interval '1 second')
      ORDER BY "at" DESC, "id" LIMIT ${limit}::int`,
  )
}

export type ListedEvent = {
  at: Date
  name: string
  via: string | null
  accountId: string | null
  operator: string | null
  reason: string | null
}
