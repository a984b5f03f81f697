import { Client } from 'pg'
import { expect, vi } from 'vitest'
import { db } from '@/lib/db/client'

/** Keeps everybody from an account's secrets until released; `waiters` waits until so many connections wait for something. */
export async function holdCredential(accountId: string) {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('BEGIN')
  await client.query('SELECT 1 FROM "Credential" WHERE "accountId" = $1 FOR UPDATE', [accountId])
  return {
    waiters: (count: number) => vi.waitFor(async () => expect(await countWaiters()).toBe(count), { interval: 2 }),
    async release() {
      await client.query('COMMIT')
      await client.end()
    },
  }
}

/** Not by the connection that holds: within a transaction Postgres shows it the connections of its first look. */
async function countWaiters(): Promise<number> {
  const [row] = await (await db()).$queryRaw<[{ waiting: number }]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return row.waiting
}
