import { db } from '@/lib/db/client'
import { isMeasured, record } from '@/lib/telemetry'

/** Notes how many mails wait and for how many seconds the oldest has, where anybody reads that. */
export async function measureOutbox(): Promise<void> {
  if (!isMeasured()) return
  const client = await db()
  const [outbox] = await client.$queryRaw<[{ size: number; oldestAge: number }]>`
    SELECT count(*)::int AS "size", coalesce(extract(epoch FROM now() - min("createdAt")), 0)::float8 AS "oldestAge"
    FROM "Mail" WHERE "state" = 'waiting'`
  record('metamots.outbox.size', outbox.size)
  record('metamots.outbox.oldest_age', outbox.oldestAge)
}
