import { pathToFileURL } from 'node:url'
import { test as base, type Service } from '@/tests/e2e/fixtures'
import { startApp } from '@/tests/support/app'

export const deployedOrigin = 'https://app.example.test'

/** Adds the application as it runs when deployed: behind a proxy that speaks https, with no setting for tests. */
export const test = base.extend<object, { deployed: Service }>({
  deployed: [
    async ({ service }, use) => {
      const { postgres, resend } = service
      const databaseUrl = await postgres.createDatabase('deployed')
      const app = await startApp({
        env: {
          APP_URL: deployedOrigin,
          DATABASE_URL: databaseUrl,
          RESEND_API_KEY: 're_test_123456789',
          MAIL_FROM: 'Metamots <no-reply@metamots.example>',
          TRUSTED_IP_HEADER: 'x-test-address',
          CRON_SECRET: 'a-cron-secret-for-tests-only',
          NODE_OPTIONS: `--import=${pathToFileURL('tests/support/reroute.mjs')}`,
          FAKE_RESEND_URL: resend.url,
        },
      })
      await use({ app, url: app.url, origin: deployedOrigin, resend, postgres, databaseUrl })
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
