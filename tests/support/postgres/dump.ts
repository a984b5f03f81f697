import { query } from '@/tests/support/postgres/query'

/** Every row of every table of a database, each with the name of its table. */
export async function dump(url = process.env.DATABASE_URL ?? ''): Promise<Record<string, unknown>[]> {
  const tables = await query(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  const selects = tables.map(
    ({ tablename: name }) => `SELECT to_jsonb(t) || '{"table": "${name}"}' AS row FROM "${name}" t`,
  )
  return (await query(url, selects.join(' UNION ALL '))).map(({ row }) => row as Record<string, unknown>)
}
