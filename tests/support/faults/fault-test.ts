import { randomBytes } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { startApp } from '@/tests/support/app/app'
import { deployedOrigin, deployedSettings } from '@/tests/support/app/deployed'
import type { Service } from '@/tests/support/app/service'
import { findLeaks } from '@/tests/support/checks/leaks'
import { secrets, shown } from '@/tests/support/checks/witness'
import { type PostgresServer, startPostgres } from '@/tests/support/postgres/server'
import { openTappedLine, type TappedLine } from '@/tests/support/postgres/tapped-line'
import { startFakeResend } from '@/tests/support/resend/fake-resend'

type Fixtures = {
  /** The application as it is deployed, on a Postgres, a database and a provider of the test's own, to be broken. */
  service: Service
  /** A second process of the same application, on the same data. */
  twin: Service
  /** More of the environment of both. */
  settings: Record<string, string>
  /** Whether they reach the database through the line. */
  onLine: boolean
  line: TappedLine
}

/** `serverSettings`: more settings of Postgres, for a whole group. */
type WorkerFixtures = { postgres: PostgresServer; serverSettings: Record<string, number> }

export const faultTest = base.extend<Fixtures, WorkerFixtures>({
  settings: [{}, { option: true }],
  onLine: [false, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  line: async ({}, use) => {
    const line = await openTappedLine()
    await use(line)
    await line.close()
  },
  serverSettings: [{}, { scope: 'worker', option: true }],
  postgres: [
    async ({ serverSettings }, use) => {
      const postgres = await startPostgres({
        settings: { log_statement: 'all', log_parameter_max_length: 0, ...serverSettings },
      })
      await use(postgres)
      await postgres.stop()
    },
    { scope: 'worker' },
  ],
  service: async ({ postgres, settings, onLine, line }, use) => {
    const resend = await startFakeResend()
    const databaseUrl = await postgres.createDatabase(randomBytes(8).toString('hex'))
    const env = {
      ...deployedSettings(resend),
      APP_SECRET: randomBytes(32).toString('base64'),
      DATABASE_URL: onLine ? line.through(databaseUrl) : databaseUrl,
      ...settings,
    }
    const app = await startApp({ env })
    const service = { app, url: app.url, origin: deployedOrigin, resend, postgres, databaseUrl, settings: env }
    await use(service)
    const leaks = await findLeaks(service)
    await service.app.stop()
    await resend.close()
    // The next test has a database and processes of its own.
    secrets.clear()
    shown.length = 0
    expect(leaks, 'passwords, tokens and addresses of the run, where they do not belong').toEqual([])
  },
  twin: async ({ service }, use) => {
    const app = await startApp({ env: service.settings, migrated: true })
    const twin = { ...service, app, url: app.url }
    await use(twin)
    await twin.app.stop()
  },
})
