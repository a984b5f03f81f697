import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { closeDb } from '@/lib/db/client'
import { migrate } from '@/prisma/migrate'
import { createTestDatabase, type TestDatabase } from '@/tests/support/database'

/** Gives the tests of a file the service on a database of its own: embedded, or a real multi-connection Postgres. */
export function useService(kind: 'embedded' | 'postgres'): void {
  let dataDir: string
  let database: TestDatabase | undefined

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'service-'))
    process.env.DATA_DIR = dataDir
    if (kind === 'postgres') {
      database = await createTestDatabase()
      process.env.DATABASE_URL = database.url
    }
    await migrate()
  })

  afterAll(async () => {
    await closeDb()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
}
