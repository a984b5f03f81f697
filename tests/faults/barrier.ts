import { expect } from '@playwright/test'
import { Client } from 'pg'
import type { Service } from '@/tests/e2e/service'
import type { Person } from '@/tests/support/person'

/** Keeps every process from somebody's secrets until released; `waiters` waits until so many wait for them. */
export async function holdCredential({ databaseUrl }: Pick<Service, 'databaseUrl'>, { email }: Person) {
  const [holder, watcher] = [await connect(databaseUrl), await connect(databaseUrl)]
  await holder.query('BEGIN')
  await holder.query(
    `SELECT 1 FROM "Credential" WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = $1) FOR UPDATE`,
    [email],
  )
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  const countWaiters = async () => (await watcher.query(waiting)).rowCount
  return {
    waiters: (count: number) =>
      expect.poll(countWaiters, { intervals: [2], timeout: 10_000 }).toBeGreaterThanOrEqual(count),
    async release() {
      await holder.query('COMMIT')
      await Promise.all([holder.end(), watcher.end()])
    },
  }
}

/** A connection whose statements stay out of the server's log. */
async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query("SET log_statement = 'none'")
  return client
}
