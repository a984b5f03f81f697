import { defineConfig, devices } from '@playwright/test'
import { shownAppSettings } from '@/tests/support/apps/shown-app'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'

/** Every page is looked at, also those of applications. */
const everyPage = { serviceSettings: shownAppSettings }

export default defineConfig<object, { serviceSettings: Record<string, string> }>({
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 3,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // A trace doubles the time of every test: ask for one with --trace on.
  use: {
    ...devices['Desktop Chrome'],
    screenshot: 'only-on-failure',
    launchOptions: { ...chromiumOptions, executablePath: await findChromium() },
  },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', workers: 2 },
    // One long test each: what comes after goes on beside them.
    { name: 'lighthouse', testDir: 'tests/weight', testMatch: 'lighthouse.spec.ts', use: everyPage },
    { name: 'size', testDir: 'tests/weight', testMatch: 'size.spec.ts', use: everyPage },
    { name: 'pages', testDir: 'tests/pages', workers: 2, use: everyPage },
    { name: 'pictures', testDir: 'tests/pictures', workers: 2, use: everyPage },
    // They wait a good part of their time.
    { name: 'faults', testDir: 'tests/faults', timeout: 180_000 },
    // Programs of others: Debian’s, and those of the examples.
    { name: 'clients', testDir: 'tests/clients', timeout: 120_000, workers: 2 },
    // They bring browsers of Debian’s, with screens and a screen reader.
    { name: 'engines', testDir: 'tests/engines', timeout: 300_000, workers: 1 },
    {
      name: 'voice',
      testDir: 'tests/voice',
      timeout: 900_000,
      workers: 1,
      snapshotPathTemplate: '{testDir}/{arg}{ext}',
    },
    // They build first, unless what is there was made of the same sources.
    { name: 'serverless', testDir: 'tests/serverless', timeout: 1_200_000, workers: 1 },
  ],
})
