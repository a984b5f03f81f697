import { defineConfig, devices } from '@playwright/test'
import { chromiumOptions, findChromium } from '@/tests/support/chromium'

export default defineConfig({
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
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
    { name: 'e2e', testDir: 'tests/e2e' },
    { name: 'pages', testDir: 'tests/pages' },
    { name: 'faults', testDir: 'tests/faults', timeout: 180_000 },
    { name: 'size', testDir: 'tests/weight', testMatch: 'size.spec.ts' },
    { name: 'lighthouse', testDir: 'tests/weight', testMatch: 'lighthouse.spec.ts' },
  ],
})
