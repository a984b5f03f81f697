import { randomBytes } from 'node:crypto'
import { type App, startApp } from '@/tests/support/app/app'
import { type PostgresServer, startPostgres } from '@/tests/support/postgres/server'
import { type FakeResend, startFakeResend } from '@/tests/support/resend/fake-resend'

/** The built application on Postgres, sending through the real Resend SDK to an imitation. */
export type Service = {
  app: App
  /** Where it listens, and what people call it: one and the same unless it is deployed behind a proxy. */
  url: string
  origin: string
  resend: FakeResend
  postgres: PostgresServer
  databaseUrl: string
  /** What the application was started with. */
  settings: Record<string, string>
}

/** What a test needs to send mail and read it. */
export type Swept = Pick<Service, 'url' | 'settings' | 'resend'>

/** All that this worker started, ended ones too: what they wrote is to be searched. */
export const started: Service[] = []

/** Starts it, with a Postgres and a provider of its own. */
export async function startService(others: Record<string, string> = {}): Promise<Service> {
  const postgres = await startPostgres({ settings: { log_statement: 'all', log_parameter_max_length: 0 } })
  const settings = {
    APP_SECRET: randomBytes(32).toString('base64'),
    RESEND_API_KEY: 're_test_123456789',
    RESEND_PER_SECOND: '1000',
    MAIL_FROM: 'Metamots <no-reply@metamots.example>',
    TRUSTED_IP_HEADER: 'x-test-address',
    ACCESSIBILITY_CONTACT: 'access@metamots.example',
    CRON_SECRET: 'a-cron-secret-for-tests-only',
    ...others,
  }
  return startOn(postgres, settings)
}

/** Starts the same with other settings, and from another build if one is given: on the same Postgres, with data of its own. */
export function startAnother(
  { postgres, settings }: Service,
  others: Record<string, string>,
  root?: string,
): Promise<Service> {
  return startOn(postgres, { ...settings, ...others }, root)
}

export async function stopService({ app, resend }: Service): Promise<void> {
  await app.stop()
  await resend.close()
}

async function startOn(postgres: PostgresServer, settings: Record<string, string>, root = '.'): Promise<Service> {
  const resend = await startFakeResend()
  const databaseUrl = await postgres.createDatabase(`service_${randomBytes(8).toString('hex')}`)
  const env = { ...settings, DATABASE_URL: databaseUrl, RESEND_BASE_URL: resend.url }
  const app = await startApp({ env, root })
  const service = { app, url: app.url, origin: app.url, resend, postgres, databaseUrl, settings: env }
  started.push(service)
  return service
}
