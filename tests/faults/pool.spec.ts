import { expect } from '@playwright/test'
import { migrationNames } from '@/lib/db/migration-names'
import { ServicePool } from '@/lib/db/pool'
import { migrate } from '@/prisma/migrate'
import { migrationStatus } from '@/prisma/migration-status'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { startPooler } from '@/tests/support/postgres/pooler'
import { query } from '@/tests/support/postgres/query'

const settings = `SELECT current_setting('DateStyle') AS style, current_setting('TimeZone') AS zone, now() AS now`

test('a pooler that is away at first is recognised when it is back, and gives every transaction the settings of ours', async ({
  postgres,
}) => {
  const databaseUrl = await postgres.createDatabase('behind_a_pooler')
  await query(
    databaseUrl,
    `ALTER DATABASE behind_a_pooler SET DateStyle = 'German'; ALTER DATABASE behind_a_pooler SET TimeZone = 'Asia/Tokyo'`,
  )
  const first = await startPooler(databaseUrl)
  await first.stop()
  const pool = new ServicePool(first.url)
  await expect(pool.query('SELECT 1')).rejects.toThrow('ECONNREFUSED')
  const second = await startPooler(databaseUrl, first.port)
  // Another client of the pooler, whose transactions get the same connections.
  const other = new ServicePool(first.url)
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => (index % 3 ? pool : other).query(settings)),
  )
  for (const { rows } of answers) {
    expect(rows).toEqual([{ style: 'ISO, MDY', zone: 'UTC', now: expect.any(Date) }])
    expect(Math.abs(Number(rows[0].now) - Date.now())).toBeLessThan(60_000)
  }
  await Promise.all([pool.end(), other.end()])
  await second.stop()
})

test('five migrations at once through a pooler apply each of them once', async ({ postgres }) => {
  const databaseUrl = await postgres.createDatabase('migrated_through_a_pooler')
  const pooler = await startPooler(databaseUrl)
  const target = { databaseUrl: pooler.url, dataDir: '' }
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(target)))
  expect(applied.flat().sort()).toEqual(migrationNames)
  expect(await migrationStatus(target)).toMatchObject({ applied: migrationNames, pending: [] })
  await pooler.stop()
})
