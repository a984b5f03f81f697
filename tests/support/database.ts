import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase, dropDatabase } from '@/tests/support/postgres-admin'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** Creates a database for one test on the server of the run: empty, or a copy of the named template. */
export async function createTestDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = await createDatabase(adminUrl, name, template)
  return { url, drop: () => dropDatabase(adminUrl, name) }
}
