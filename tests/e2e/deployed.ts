import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type Service, started } from '@/tests/e2e/service'
import { startApp } from '@/tests/support/app'
import type { FakeResend } from '@/tests/support/fake-resend'

export const deployedOrigin = 'https://app.example.test'

/** Lends the application as it runs when deployed: migrated by the command for that, behind a proxy that speaks https, with no setting for tests. */
export async function useDeployed(
  { postgres, resend, settings: given }: Service,
  use: (deployed: Service) => Promise<void>,
): Promise<void> {
  const databaseUrl = await postgres.createDatabase('deployed')
  const { RESEND_BASE_URL: _, ...common } = given
  const settings = { ...common, ...deployedSettings(resend), DATABASE_URL: databaseUrl }
  const { PATH, HOME } = process.env
  const env = { NODE_ENV: 'production' as const, PATH, HOME, ...settings }
  await promisify(execFile)('node_modules/.bin/tsx', ['scripts/migrate.ts'], { env })
  const app = await startApp({ env: settings, migrated: true })
  const deployed = { app, url: app.url, origin: deployedOrigin, resend, postgres, databaseUrl, settings }
  started.push(deployed)
  await use(deployed)
  await app.stop()
}

/** What makes it one that is deployed, and yet sends to an imitation of Resend. */
export function deployedSettings(resend: FakeResend) {
  return {
    APP_URL: deployedOrigin,
    RESEND_API_KEY: 're_test_123456789',
    RESEND_PER_SECOND: '1000',
    MAIL_FROM: 'Metamots <no-reply@metamots.example>',
    TRUSTED_IP_HEADER: 'x-test-address',
    CRON_SECRET: 'a-cron-secret-for-tests-only',
    NODE_OPTIONS: `--import=${pathToFileURL('tests/support/reroute.mjs')}`,
    FAKE_RESEND_URL: resend.url,
  }
}
