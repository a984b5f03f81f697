import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { closeDb, db } from '@/lib/db/client'
import { type FakeResend, startFakeResend } from '@/tests/support/resend/fake-resend'
import { createTestDatabase, type TestDatabase } from '@/tests/support/vitest/database'

/** Gives the tests of a file the service on a database of its own: embedded, or a real multi-connection Postgres. */
export function useService(kind: 'embedded' | 'postgres'): void {
  let dataDir: string
  let database: TestDatabase | undefined

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'service-'))
    process.env.DATA_DIR = dataDir
    if (kind === 'embedded') return cp(inject('embeddedTemplate'), dataDir, { recursive: true })
    database = await createTestDatabase({ template: inject('postgresTemplate') })
    process.env.DATABASE_URL = database.url
  })

  afterAll(async () => {
    await closeDb()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
}

/** Makes the service of a file send through the real Resend SDK to an imitation, which is in no trouble and has no mail before each test. Call it before `useService`. */
export async function useResend(): Promise<FakeResend> {
  const resend = await startFakeResend()
  process.env.RESEND_API_KEY = 're_test_123456789'
  process.env.RESEND_BASE_URL = resend.url
  process.env.RESEND_PER_SECOND = '1000'
  process.env.MAIL_FROM = 'Metamots <no-reply@metamots.example>'
  beforeEach(async () => {
    resend.reset()
    await (await db()).mailTrouble.deleteMany()
  })
  afterAll(() => resend.close())
  return resend
}
