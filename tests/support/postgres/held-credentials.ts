import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Locks the credential of an account, or of all accounts, until released. */
export async function holdCredentials(databaseUrl: string, email?: string) {
  const [holder, watcher] = [await connect(databaseUrl), await connect(databaseUrl)]
  await holder.query('BEGIN')
  if (email === undefined) await holder.query('LOCK TABLE "Credential" IN EXCLUSIVE MODE')
  else await holder.query(lockOne, [email])
  return {
    /** Waits until so many connections wait for it. */
    async waiters(count: number): Promise<void> {
      const deadline = Date.now() + 10_000
      while ((await countWaiters(watcher)) < count) {
        if (Date.now() > deadline) throw new Error(`there are not ${count} that wait`)
        await sleep(2)
      }
    },
    async release(): Promise<void> {
      await holder.query('COMMIT')
      await Promise.all([holder.end(), watcher.end()])
    },
  }
}

/** Does both at once, the second right behind the first at the account's lock. */
export async function inOrder<First, Second>(
  email: string,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const held = await holdCredentials(process.env.DATABASE_URL ?? '', email)
  const one = first()
  await held.waiters(1)
  const two = second()
  await held.waiters(2)
  await held.release()
  return Promise.all([one, two])
}

const lockOne = `SELECT 1 FROM "Credential" WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = $1) FOR UPDATE`

/** By another connection: within a transaction Postgres repeats what it showed at the first look. */
async function countWaiters(watcher: Client): Promise<number> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return (await watcher.query(waiting)).rowCount ?? 0
}

/** A connection whose statements stay out of the server's log. */
async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query("SET log_statement = 'none'")
  return client
}
