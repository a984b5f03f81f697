import { test as base } from '@playwright/test'
import { useDeployed } from '@/tests/support/app/deployed'
import { type Service, startAnother, startService, stopService } from '@/tests/support/app/service'
import { useUnguarded } from '@/tests/support/app/without-middleware'
import { findLeaks } from '@/tests/support/checks/leaks'
import { watch } from '@/tests/support/checks/witness'
import { newAddress } from '@/tests/support/http/forms'

type Fixtures = {
  address: string
  console: string[]
  /** Starts the service with other settings and other data, until the test ends. */
  another: (settings: Record<string, string>) => Promise<Service>
}
/** Each is started where a test asks for it, and serves the others of its worker: with more settings where a project gives some. */
type WorkerFixtures = {
  serviceSettings: Record<string, string>
  service: Service
  deployed: Service
  unguarded: Service
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  serviceSettings: [{}, { scope: 'worker', option: true }],
  service: [
    async ({ serviceSettings }, use) => {
      const service = await startService(serviceSettings)
      await use(service)
      const leaks = await findLeaks(service)
      await stopService(service)
      await service.postgres.stop()
      base.expect(leaks, 'passwords, tokens and addresses of the run, where they do not belong').toEqual([])
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  deployed: [({ service }, use) => useDeployed(service, use), { scope: 'worker', timeout: 120_000 }],
  unguarded: [({ service }, use) => useUnguarded(service, use), { scope: 'worker', timeout: 120_000 }],

  another: async ({ service }, use) => {
    const lent: Service[] = []
    await use(async (settings) => {
      const another = await startAnother(service, settings)
      lent.push(another)
      return another
    })
    for (const service of lent) await stopService(service)
  },

  baseURL: async ({ service }, use) => use(service.url),

  context: async ({ context }, use) => {
    const noted = watch(context)
    await use(context)
    await noted()
  },

  /** A network address of each test's own, so that tests do not share limits. */
  address: async ({ baseURL: _ }, use) => use(newAddress()),
  extraHTTPHeaders: async ({ address }, use) => use({ 'x-test-address': address }),

  /** What the browser complained about, a breach of the content security policy among it; any fails the test. */
  console: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await use(complaints)
      base.expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})
