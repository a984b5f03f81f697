import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { startApp } from '@/tests/support/app/app'
import { withoutFiles } from '@/tests/support/app/command'
import { type Service, started } from '@/tests/support/app/service'
import type { FakeResend } from '@/tests/support/resend/fake-resend'

export const deployedOrigin = 'https://app.example.test'

/** Runs the application as deployers do: migrated by its command, behind an https proxy, without any setting for tests. */
export async function useDeployed(
  { postgres, resend, settings: given }: Service,
  use: (deployed: Service) => Promise<void>,
): Promise<void> {
  const databaseUrl = await postgres.createDatabase('deployed')
  const { RESEND_BASE_URL: _, ...common } = given
  const settings = { ...common, ...deployedSettings(resend), DATABASE_URL: databaseUrl }
  const { PATH, HOME } = process.env
  const env = { NODE_ENV: 'production' as const, PATH, HOME, ...withoutFiles, ...settings }
  await promisify(execFile)('node_modules/.bin/tsx', ['scripts/migrate.ts'], { env })
  const app = await startApp({ env: settings, migrated: true })
  const deployed = { app, url: app.url, origin: deployedOrigin, resend, postgres, databaseUrl, settings }
  started.push(deployed)
  await use(deployed)
  await app.stop()
}

/** The settings of a deployment, which sends to the imitation of Resend. */
export function deployedSettings(resend: FakeResend) {
  return {
    APP_URL: deployedOrigin,
    RESEND_API_KEY: 're_test_123456789',
    RESEND_PER_SECOND: '1000',
    MAIL_FROM: 'Metamots <no-reply@metamots.example>',
    TRUSTED_IP_HEADER: 'x-test-address',
    CRON_SECRET: 'a-cron-secret-for-tests-only',
    NODE_OPTIONS: `--import=${pathToFileURL('tests/support/app/reroute.mjs')}`,
    FAKE_RESEND_URL: resend.url,
  }
}
