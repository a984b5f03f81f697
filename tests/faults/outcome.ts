import { linkIn, sweptMailTo } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { cookiesOf, followRaw, joinRaw, logInRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service, Swept } from '@/tests/e2e/service'
import { askRaw, type OpenReset, openReset } from '@/tests/faults/walks'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

export const newPassword = 'Un-n0uveau secret'

/** Somebody who is signed in somewhere and has the form of a reset link open. */
export type Resetting = { person: Person; link: string; open: OpenReset }

export async function startReset(service: Swept & { origin: string }): Promise<Resetting> {
  const person = await joinRaw(service)
  await logInRaw(service, person)
  await askRaw(service, person)
  const link = linkIn(await sweptMailTo(service, person.email, 2), 'reset-password')
  return { person, link, open: await openReset(service, link) }
}

/** All of a reset, or nothing. */
export const untouched = { oldPassword: true, newPassword: false, link: true, sessions: 1 }
export const done = { oldPassword: false, newPassword: true, link: false, sessions: 0 }

/** What became of a reset, by all that its owner can try. */
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
export async function signsIn(service: Pick<Service, 'url' | 'origin'>, { email, password }: Person): Promise<boolean> {
  const fields = { identifier: email, password, locale: 'fr' }
  const answer = await submitRaw(service, await readForm(service.url, '/fr/login'), fields)
  return answer.status === 303 && answer.headers.get('location') === '/fr/account'
}

/** What a reset link shows. */
export async function pageOf(service: Service, link: string): Promise<string> {
  const headers = { cookie: cookiesOf(await followRaw(service, link)) }
  return (await fetch(`${service.url}/fr/reset-password`, { headers })).text()
}
