import type { Service } from '@/tests/support/app/service'
import { query } from '@/tests/support/postgres/query'

/** Runs `work` while the database takes no connections, with all that there were cut. */
export async function withoutDatabase(
  { postgres, databaseUrl }: Pick<Service, 'postgres' | 'databaseUrl'>,
  work: () => Promise<void>,
): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  const admin = postgres.url('postgres')
  await query(admin, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`)
  try {
    await query(admin, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    await work()
  } finally {
    await query(admin, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`)
  }
}
