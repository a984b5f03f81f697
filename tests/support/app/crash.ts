import { expect } from '@playwright/test'
import { type AppOptions, startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'
import { query } from '@/tests/support/postgres/query'
import type { TappedLine } from '@/tests/support/postgres/tapped-line'

/** Ends the application as a crash would, with all that it had under way, and waits until the database knows. */
export async function kill({ app, databaseUrl }: Service, line?: TappedLine): Promise<void> {
  await app.stop('SIGKILL')
  line?.cut()
  const others = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
  await expect.poll(() => query(databaseUrl, others)).toEqual([])
}

/** Starts what was killed again, at the same address and on the same data. */
export async function revive(service: Service, options: Pick<AppOptions, 'output'> = {}): Promise<void> {
  const { app: former, settings } = service
  const app = await startApp({ ...options, env: settings, port: former.port, migrated: true })
  service.app = { ...app, log: () => former.log() + app.log() }
}

/** As if the leases of a killed worker had ended. */
export async function endLeases({ databaseUrl }: Service): Promise<void> {
  await query(databaseUrl, `UPDATE "Mail" SET "leasedUntil" = now() WHERE "leasedUntil" > now()`)
}
