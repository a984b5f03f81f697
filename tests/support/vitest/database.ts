import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase, dropDatabase } from '@/tests/support/postgres/query'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * Creates a database for one test, empty or a copy of the named template, on the server of the run: `global-setup.ts` beside
 * this starts one Postgres for all tests, from the programs that npm brings.
 */
export async function createTestDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = await createDatabase(adminUrl, name, template)
  return { url, drop: () => dropDatabase(adminUrl, name) }
}
