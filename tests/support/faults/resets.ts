import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { cookiesOf, followRaw, type OpenForm, openLink, submitTo, type Target } from '@/tests/support/http/forms'
import { askForResetRaw, credentialsOf, logInRaw, type Mailed } from '@/tests/support/http/raw-walks'
import { mailedLinks } from '@/tests/support/mail/mailed-links'
import { linkIn, mailsTo, sweep } from '@/tests/support/mail/swept-mail'
import { newPassword, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

/** Somebody who is signed in somewhere and has the form of a reset link open. */
export type Resetting = { person: Person; link: string; open: OpenForm }

export async function startReset(service: Mailed): Promise<Resetting> {
  const { person, link } = await mailedLinks['reset-password'](service)
  await logInRaw(service, person)
  return { person, link, open: await openLink(service, link) }
}

/** Nothing of a reset, and all of it. */
export const untouched = { oldPassword: true, newPassword: false, link: true, sessions: 1 }
export const done = { oldPassword: false, newPassword: true, link: false, sessions: 0 }

/** What became of a reset: its owner tries everything. */
export async function outcomeOf(service: Service, { person, link }: Resetting): Promise<typeof done> {
  const sessions = await query(
    service.databaseUrl,
    `SELECT 1 FROM "Session" JOIN "Account" a ON a."id" = "accountId" WHERE a."email" = '${person.email}'`,
  )
  return {
    oldPassword: await signsIn(service, person),
    newPassword: await signsIn(service, { ...person, password: newPassword }),
    link: (await pageOf(service, link)).includes('name="newPassword"'),
    sessions: sessions.length,
  }
}

/** Whether somebody gets in by a password. */
export async function signsIn(service: Target, person: Person): Promise<boolean> {
  const answer = await submitTo(service, '/fr/login', credentialsOf(person))
  return answer.status === 303 && answer.headers.get('location') === '/fr/account'
}

/** What a reset link shows. */
export async function pageOf(service: Service, link: string): Promise<string> {
  const headers = { cookie: cookiesOf(await followRaw(service, link)) }
  return (await fetch(`${service.url}/fr/reset-password`, { headers })).text()
}

/** Mails a reset link to somebody, whatever the limits. */
export async function mailedReset(service: Service, person: Person): Promise<string> {
  const mails = () => mailsTo(service.resend, person.email).filter(({ text }) => text.includes('/reset-password/'))
  const before = mails().length
  await forgetLimits(service)
  await askForResetRaw(service, person)
  await sweep(service)
  await expect.poll(() => mails().length, { timeout: 30_000 }).toBe(before + 1)
  return linkIn(mails().at(-1) ?? { text: '' }, 'reset-password')
}

/** Mails a reset link to somebody, and follows it to its form. */
export async function openReset(service: Service, person: Person): Promise<OpenForm> {
  return openLink(service, await mailedReset(service, person))
}

/** Forgets every limit, but not the turns of the mail. */
export async function forgetLimits({ databaseUrl }: Pick<Service, 'databaseUrl'>): Promise<void> {
  await query(databaseUrl, `DELETE FROM "RateLimit" WHERE "key" NOT LIKE 'mail:%'`)
}
