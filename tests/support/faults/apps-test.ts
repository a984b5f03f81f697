import { type RawApp, startRawApp } from '@/tests/support/apps/raw-app'
import { faultTest } from '@/tests/support/faults/fault-test'

export type Three = [RawApp, RawApp, RawApp]

/** A service to be broken that three applications sign in by. */
export const appsTest = faultTest.extend<{ apps: Three }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  apps: async ({}, use) => {
    const apps = (await Promise.all(['Shop', 'Wiki', 'Forum'].map(startRawApp))) as Three
    await use(apps)
    for (const app of apps) await app.close()
  },
  settings: async ({ apps }, use) => use({ APPS: JSON.stringify(apps.map(({ entry }) => entry)) }),
})
