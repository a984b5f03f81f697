import { expect, test } from 'vitest'
import { migrationNames } from '@/lib/db/migration-names'
import { readMigrations } from '@/prisma/read-migrations'

test('readiness waits for the migrations that there are, and for no other', async () => {
  expect(migrationNames).toEqual((await readMigrations()).map(({ name }) => name))
})
