import { findAccount } from '@/lib/accounts/operators/find-account'
import { type Operator, recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { retention } from '@/lib/policy'
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

/**
 * What happened in the request with this reference, as a page shows it, in the last 30 days; the first first, without
 * networks, and with `reveal` of which accounts. To look at it is recorded for each of these, for whoever sends a request
 * may have chosen its reference.
 */
export async function listEventsOfRequest(reference: string, operator: Operator, { reveal = false } = {}) {
  const client = await db()
  const events = await client.$queryRaw<ListedEvent[]>`
    SELECT "at", "name", "via", "accountId", "operator", "reason" FROM "Event"
    WHERE "at" >= now() - ${retention.finishedMailSeconds}::int * interval '1 second'
      AND starts_with(lower(replace("request", '-', '')), ${reference.toLowerCase()})
    ORDER BY "at", "id" LIMIT 20`
  const via = reveal ? 'reveal_request' : 'show_request'
  for (const accountId of new Set(events.map((event) => event.accountId)))
    if (accountId !== null) await recordEvent(client, 'sensitive_read', { accountId, operator, via })
  return events.map(({ accountId, ...event }) => ({ ...event, ...(reveal && { accountId }) }))
}

export type ListedEvent = {
  at: Date
  name: string
  via: string | null
  accountId: string | null
  operator: string | null
  reason: string | null
}
