import { Client, type PoolConfig } from 'pg'

const base = {
  max: 5,
  connectionTimeoutMillis: 2_000,
  idleTimeoutMillis: 10_000,
  /** For when the server's own clock does not help: nothing comes back any more. */
  query_timeout: 5_000,
}

const serverTimeouts = {
  statement_timeout: 3_000,
  lock_timeout: 1_000,
  idle_in_transaction_session_timeout: 5_000,
}

/**
 * How to connect to a Postgres, in milliseconds. A pooler such as PgBouncer takes no limits with
 * a connection: there they must be the role's own, as README says, and only this side's hold otherwise.
 */
export async function poolOptions(connectionString: string): Promise<PoolConfig> {
  const direct = { connectionString, ...base, ...serverTimeouts }
  const probe = new Client(direct).on('error', () => undefined)
  try {
    await probe.connect()
    return direct
  } catch (error) {
    return /unsupported startup parameter/.test((error as Error).message) ? { connectionString, ...base } : direct
  } finally {
    await probe.end().catch(() => undefined)
  }
}
