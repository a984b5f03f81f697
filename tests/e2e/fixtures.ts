import { randomInt } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import { useDeployed } from '@/tests/e2e/deployed'
import { findLeaks } from '@/tests/e2e/leaks'
import { type Service, type Swept, startAnother, startService, stopService } from '@/tests/e2e/service'
import { useUnguarded } from '@/tests/e2e/without-middleware'
import { noteTokens, watch } from '@/tests/e2e/witness'
import type { AcceptedMail, FakeResend } from '@/tests/support/fake-resend'
import { query } from '@/tests/support/postgres-admin'

type Fixtures = {
  address: string
  console: string[]
  /** Starts the service with other settings and other data, until the test ends. */
  another: (settings: Record<string, string>) => Promise<Service>
}
/** Each is started where a test asks for it, and serves the others of its worker. */
type WorkerFixtures = { service: Service; deployed: Service; unguarded: Service }

export const test = base.extend<Fixtures, WorkerFixtures>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
    async ({}, use) => {
      const service = await startService()
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
  address: async ({ baseURL: _ }, use) => use([10, randomInt(256), randomInt(256), randomInt(256)].join('.')),
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

/** Has all mail sent that is due, as the scheduler does; by itself each waits a moment. */
export async function sweep({ url, settings }: Pick<Service, 'url' | 'settings'>): Promise<Response> {
  const headers = { authorization: `Bearer ${settings.CRON_SECRET}` }
  const answer = await fetch(`${url}/api/cron/mail`, { headers })
  base.expect(answer.status, 'of the sweep').toBe(200)
  return answer
}

/** Has every mail that waits tried at once, however long it would have waited. Returns a row for each that did. */
export async function tryAgain(service: Service): Promise<Record<string, unknown>[]> {
  const makeDue = `UPDATE "Mail" SET "nextAttemptAt" = now() WHERE "state" = 'waiting' RETURNING 1`
  const waiting = await query(service.databaseUrl, makeDue)
  await sweep(service)
  return waiting
}

/** Has the nth mail to an address sent at once. */
export async function sweptMailTo(service: Swept, address: string, count = 1): Promise<AcceptedMail> {
  await sweep(service)
  return mailTo(service.resend, address, count)
}

/** Waits for the nth mail to an address, which comes by itself. */
export async function mailTo(resend: FakeResend, address: string, count = 1): Promise<AcceptedMail> {
  await base.expect.poll(() => mailsTo(resend, address).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count)
  return mailsTo(resend, address)[count - 1] as AcceptedMail
}

export function mailsTo(resend: FakeResend, address: string): AcceptedMail[] {
  return resend.mails.filter((mail) => mail.to.includes(address))
}

/** Has every mail tried at once, and waits until that is done. */
export async function allMailTried(service: Service): Promise<void> {
  await sweep(service)
  const untried = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND ("attempts" = 0 OR "leasedUntil" IS NOT NULL)`
  await base.expect.poll(() => query(service.databaseUrl, untried)).toEqual([])
}

/** The link to a page, read out of the mail's text as a person would. */
export function linkIn(mail: { text: string }, path: string): string {
  const link = mail.text.match(new RegExp(`https?://\\S+/${path}/[\\w-]{43}`))?.[0]
  if (!link) throw new Error(`no link to ${path} in the mail`)
  noteTokens(link)
  return link
}

export async function submit(page: Page): Promise<void> {
  await page.locator('main form button[type=submit]').first().click()
}
