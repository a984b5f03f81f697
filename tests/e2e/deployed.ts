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
      const { RESEND_BASE_URL: _, ...common } = service.settings
      const settings = {
        ...common,
        APP_URL: deployedOrigin,
        DATABASE_URL: databaseUrl,
        NODE_OPTIONS: `--import=${pathToFileURL('tests/support/reroute.mjs')}`,
        FAKE_RESEND_URL: resend.url,
      }
      const app = await startApp({ env: settings })
      await use({ app, url: app.url, origin: deployedOrigin, resend, postgres, databaseUrl, settings })
      await app.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
