import { query } from '@/tests/support/postgres-admin'

/** Every row of every table of the service, each with the name of its table. */
export async function dump(): Promise<Record<string, unknown>[]> {
  const url = process.env.DATABASE_URL ?? ''
  const tables = await query(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  const names = tables.map(({ tablename }) => String(tablename)).filter((name) => name !== '_prisma_migrations')
  const selects = names.map((name) => `SELECT to_jsonb(t) || '{"table": "${name}"}' AS row FROM "${name}" t`)
  return (await query(url, selects.join(' UNION ALL '))).map(({ row }) => row as Record<string, unknown>)
}
