import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { GET } from '@/app/api/health/ready/route'
import { closeDb } from '@/lib/db/client'
import { migrate } from '@/prisma/migrate'
import { query } from '@/tests/support/postgres/query'
import { startPostgres } from '@/tests/support/postgres/server'

afterAll(closeDb)

test('on a standby nobody can be served, which is said, and so is why it is not migrated', async () => {
  const server = await startPostgres()
  const url = await server.createDatabase('on_a_standby')
  const [last = ''] = (await migrate({ databaseUrl: url, dataDir: '' })).reverse()
  await query(url, `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${last}'`)
  await writeFile(path.join(path.dirname(server.logFile), 'data', 'standby.signal'), '', { mode: 0o644 })
  await server.restart({ immediate: false })
  process.env.DATABASE_URL = url
  const answer = await GET(new Request('http://localhost/api/health/ready'))
  expect([answer.status, await answer.json()]).toMatchObject([503, { checks: { writable: 'standby' } }])
  await expect(migrate({ databaseUrl: url, dataDir: '' })).rejects.toThrow(
    `${last} is to be applied, but this server is a standby`,
  )
  await closeDb()
  await server.stop()
})
