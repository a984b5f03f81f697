import { defineConfig, devices } from '@playwright/test'
import { chromiumOptions, findChromium } from '@/tests/support/chromium'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  // A trace doubles the time of every test: ask for one with --trace on.
  use: { screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { ...chromiumOptions, executablePath: await findChromium() },
      },
    },
  ],
})
