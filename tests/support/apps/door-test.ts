import { type Service, startAnother, stopService } from '@/tests/support/app/service'
import { type ClientApp, startClientApp } from '@/tests/support/apps/client-app'
import { test } from '@/tests/support/browser/test'

type Three = [ClientApp, ClientApp, ClientApp]

/** A service that opens the door to three applications, and to what is below a path, for all tests of a worker. */
export const threeAppsTest = test.extend<{ forgotten: undefined }, { apps: Three; door: Service }>({
  apps: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
    async ({}, use) => {
      const apps = (await Promise.all(['Shop', 'Wiki', 'Forum'].map(startClientApp))) as Three
      await use(apps)
      for (const app of apps) await app.close()
    },
    { scope: 'worker' },
  ],
  door: [
    async ({ service, apps }, use) => {
      const entries = apps.map(({ entry }) => entry)
      const door = await startAnother(service, { APPS: JSON.stringify(entries), RETURN_TO: '/app/' })
      for (const app of apps) await app.connect(door.url)
      await use(door)
      await stopService(door)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ door }, use) => use(door.url),
  /** Of the tests before. */
  forgotten: [
    async ({ apps }, use) => {
      for (const { sessions } of apps) sessions.clear()
      await use(undefined)
    },
    { auto: true },
  ],
})
