import { ServicePool } from '@/lib/db/pool'
import type { Env } from '@/lib/env'
import { openSession } from '@/prisma/session'

/** Asks a database; its rows come as JSON has them. */
export type Ask = <Row>(sql: string) => Promise<Row[]>

/**
 * A connection like those of the service, without its client and its configuration, to look at a database that it may be
 * unable to work with. Throws DatabaseInUseError, or what the driver says, when there is no way to it.
 */
export async function connectPlainly({
  databaseUrl,
  dataDir,
}: Pick<Env, 'databaseUrl' | 'dataDir'>): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { query, close } = databaseUrl ? await connect(databaseUrl) : await openSession({ databaseUrl, dataDir })
  const ask = async <Row>(sql: string) => {
    const rows = await query<{ row: string }>(`SELECT to_jsonb(answer)::text AS "row" FROM (${sql}) AS answer`)
    return rows.map(({ row }): Row => JSON.parse(row))
  }
  return { ask, close }
}

async function connect(databaseUrl: string) {
  const pool = new ServicePool(databaseUrl).on('error', () => undefined)
  const close = () => pool.end()
  const client = await pool.connect().catch(async (error: unknown) => {
    await close()
    throw error
  })
  client.release()
  return { query: async <Row>(sql: string) => (await pool.query(sql)).rows as Row[], close }
}
