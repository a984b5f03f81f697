import { randomBytes } from 'node:crypto'
import { test as base } from '@playwright/test'
import { migrate } from '@/prisma/migrate'
import { deployedSettings } from '@/tests/support/app/deployed'
import { type RawApp, startRawApp } from '@/tests/support/apps/raw-app'
import { type PostgresServer, startPostgres } from '@/tests/support/postgres/server'
import { type FakeResend, startFakeResend } from '@/tests/support/resend/fake-resend'

type Variables = { DATABASE_URL: string } & Record<string, string>

type Fixtures = {
  resend: FakeResend
  /** An application that people sign in to by it. */
  app: RawApp
  /** The variables of a deployment on an empty, migrated database. */
  variables: Variables
}

export const serverlessTest = base.extend<Fixtures, { postgres: PostgresServer }>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
    async ({}, use) => {
      const postgres = await startPostgres()
      await use(postgres)
      await postgres.stop()
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  resend: async ({}, use) => {
    const resend = await startFakeResend()
    await use(resend)
    await resend.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  app: async ({}, use) => {
    const app = await startRawApp('Shop')
    await use(app)
    await app.close()
  },
  variables: async ({ postgres, resend, app }, use) => {
    const variables = {
      ...deployedSettings(resend),
      APPS: JSON.stringify([app.entry]),
      APP_SECRET: randomBytes(32).toString('base64'),
      DATABASE_URL: await postgres.createDatabase(randomBytes(8).toString('hex')),
    }
    await migrate({ databaseUrl: variables.DATABASE_URL, dataDir: '' })
    await use(variables)
  },
})
