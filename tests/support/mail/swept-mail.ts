import { expect } from '@playwright/test'
import type { Service, Swept } from '@/tests/support/app/service'
import { noteTokens } from '@/tests/support/checks/witness'
import { query } from '@/tests/support/postgres/query'
import type { AcceptedMail, FakeResend } from '@/tests/support/resend/fake-resend'

/** Sends all mail that is due, as the scheduler does; otherwise each mail waits a moment. */
export async function sweep({ url, settings }: Pick<Service, 'url' | 'settings'>): Promise<Response> {
  const headers = { authorization: `Bearer ${settings.CRON_SECRET}` }
  const answer = await fetch(`${url}/api/cron/mail`, { headers })
  expect(answer.status, 'of the sweep').toBe(200)
  return answer
}

/** Tries every waiting mail at once, however long it would have waited, by this process or a timer. Returns a row for each. */
export async function sweepAtOnce(service: Service): Promise<Record<string, unknown>[]> {
  const makeDue = `UPDATE "Mail" SET "nextAttemptAt" = now() WHERE "state" = 'waiting' RETURNING 1`
  const waiting = await query(service.databaseUrl, makeDue)
  await query(service.databaseUrl, 'UPDATE "MailTrouble" SET "probeAt" = now()')
  await sweep(service)
  // What another process took up meanwhile is under way yet.
  await noneUnderWay(service)
  return waiting
}

/** Lets no mail of former tests come for an hour; what is under way arrives first. */
export async function holdMail(service: Pick<Service, 'databaseUrl'>): Promise<void> {
  const hold = `UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 hour' WHERE "state" = 'waiting' AND "leasedUntil" IS NULL`
  await query(service.databaseUrl, hold)
  await noneUnderWay(service)
}

async function noneUnderWay({ databaseUrl }: Pick<Service, 'databaseUrl'>): Promise<void> {
  const underWay = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND "leasedUntil" > now()`
  await expect.poll(() => query(databaseUrl, underWay), { timeout: 30_000 }).toEqual([])
}

/** Waits until every mail was tried once that need not wait for another. */
export async function allMailTried(service: Service): Promise<void> {
  await sweep(service)
  const untried = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND ("attempts" = 0 AND "nextAttemptAt" <= now() OR "leasedUntil" IS NOT NULL)`
  await expect.poll(() => query(service.databaseUrl, untried)).toEqual([])
}

/** Sends the nth mail to an address at once. */
export async function sweptMailTo(service: Swept, address: string, count = 1): Promise<AcceptedMail> {
  await sweep(service)
  return mailTo(service.resend, address, count)
}

/** Waits for the nth mail to an address, which comes by itself. */
export async function mailTo(resend: FakeResend, address: string, count = 1): Promise<AcceptedMail> {
  await expect.poll(() => mailsTo(resend, address).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count)
  return mailsTo(resend, address)[count - 1] as AcceptedMail
}

export function mailsTo(resend: FakeResend, address: string): AcceptedMail[] {
  return resend.mails.filter((mail) => mail.to.includes(address))
}

/** The link to a page, read out of the mail's text as a person would. */
export function linkIn(mail: { text: string }, path: string): string {
  const link = mail.text.match(new RegExp(`https?://\\S+/${path}/[\\w-]{43}`))?.[0]
  if (!link) throw new Error(`no link to ${path} in the mail`)
  noteTokens(link)
  return link
}
