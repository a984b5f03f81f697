import { randomBytes, randomInt } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import { findLeaks } from '@/tests/e2e/leaks'
import { noteTokens, watch } from '@/tests/e2e/witness'
import { type App, startApp } from '@/tests/support/app'
import { type AcceptedMail, type FakeResend, startFakeResend } from '@/tests/support/fake-resend'
import { type PostgresServer, startPostgres } from '@/tests/support/postgres'
import { query } from '@/tests/support/postgres-admin'

/** The built application on Postgres, sending through the real Resend SDK to an imitation. */
export type Service = {
  app: App
  /** Where it listens, and what people call it: one and the same unless it is deployed behind a proxy. */
  url: string
  origin: string
  resend: FakeResend
  postgres: PostgresServer
  databaseUrl: string
  /** What the application was started with. */
  settings: Record<string, string>
}

/** What it takes to have mail sent and to read it. */
export type Swept = Pick<Service, 'url' | 'settings' | 'resend'>

type Fixtures = { address: string; console: string[] }
/** `settings`: environment variables of the application, for a whole file. */
type WorkerFixtures = { service: Service; settings: Record<string, string> }

export const test = base.extend<Fixtures, WorkerFixtures>({
  settings: [{}, { scope: 'worker', option: true }],
  service: [
    async ({ settings }, use) => {
      const postgres = await startPostgres({ settings: { log_statement: 'all', log_parameter_max_length: 0 } })
      const resend = await startFakeResend()
      const databaseUrl = await postgres.createDatabase('service')
      const env = {
        APP_SECRET: randomBytes(32).toString('base64'),
        DATABASE_URL: databaseUrl,
        RESEND_API_KEY: 're_test_123456789',
        RESEND_BASE_URL: resend.url,
        RESEND_PER_SECOND: '1000',
        MAIL_FROM: 'Metamots <no-reply@metamots.example>',
        TRUSTED_IP_HEADER: 'x-test-address',
        ACCESSIBILITY_CONTACT: 'access@metamots.example',
        CRON_SECRET: 'a-cron-secret-for-tests-only',
        ...settings,
      }
      const app = await startApp({ env })
      const service = { app, url: app.url, origin: app.url, resend, postgres, databaseUrl, settings: env }
      await use(service)
      const leaks = await findLeaks(service)
      await app.stop()
      await resend.close()
      await postgres.stop()
      base.expect(leaks, 'passwords, tokens and addresses of the run, where they do not belong').toEqual([])
    },
    { scope: 'worker', timeout: 120_000 },
  ],

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
export async function sweep({ url, settings }: Pick<Service, 'url' | 'settings'>): Promise<void> {
  const headers = { authorization: `Bearer ${settings.CRON_SECRET}` }
  const { status } = await fetch(`${url}/api/cron/mail`, { headers })
  base.expect(status, 'of the sweep').toBe(200)
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
