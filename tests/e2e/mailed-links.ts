import { sha256 } from '@/lib/keys'
import { linkIn, sweptMailTo } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { askForEmailRaw, changePasswordRaw, identityOf, joinRaw, signUpRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

type Mailed = { person: Person; link: string }

export const linkPages = ['verify-email', 'reset-password', 'new-email', 'not-me'] as const
export type LinkPage = (typeof linkPages)[number]

/** How somebody comes by a link to each page, and that link. */
export const mailedLinks: Record<LinkPage, (service: Service) => Promise<Mailed>> = {
  'verify-email': async (service) => {
    const person = await signUpRaw(service)
    return { person, link: linkIn(await sweptMailTo(service, person.email), 'verify-email') }
  },
  'reset-password': async (service) => {
    const person = await joinRaw(service)
    await submitRaw(service, await readForm(service.url, '/fr/forgot-password'), identityOf(person))
    return { person, link: linkIn(await sweptMailTo(service, person.email, 2), 'reset-password') }
  },
  'new-email': async (service) => {
    const [person, { email }] = [await joinRaw(service), newPerson()]
    await askForEmailRaw(service, person, email)
    return { person, link: linkIn(await sweptMailTo(service, email), 'new-email') }
  },
  'not-me': async (service) => {
    const person = await joinRaw(service)
    await changePasswordRaw(service, person, 'Un-n0uveau secret')
    return { person, link: linkIn(await sweptMailTo(service, person.email, 2), 'not-me') }
  },
}

const ended = (reason: string) => `"endedAt" = now(), "endReason" = '${reason}'`

const columns = {
  live: `"usedAt" = NULL, "endedAt" = NULL, "endReason" = NULL, "expiresAt" = now() + interval '30 minutes'`,
  used: `"usedAt" = now()`,
  expired: `"expiresAt" = now()`,
  password_changed: ended('password_changed'),
  address_changed: ended('address_changed'),
  address_taken: ended('address_taken'),
  account_closing: ended('account_closing'),
  too_many_attempts: ended('too_many_attempts'),
  replaced: ended('replaced'),
}

type LinkState = keyof typeof columns

const ofAccounts = [
  'used',
  'expired',
  'password_changed',
  'address_changed',
  'account_closing',
  'too_many_attempts',
  'replaced',
] as const

/** The states in which a link no longer serves, each of which its page explains. */
export const deadStates: Record<LinkPage, readonly LinkState[]> = {
  'verify-email': ofAccounts,
  'reset-password': ofAccounts,
  'new-email': ['used', 'expired', 'password_changed', 'replaced', 'address_taken'],
  'not-me': ['used', 'expired', 'replaced', 'address_taken'],
}

/** Puts a link into a state, whatever it was in before. */
export async function setLink({ databaseUrl }: Service, link: string, state: LinkState): Promise<void> {
  const set = (values: string) =>
    query(databaseUrl, `UPDATE "Token" SET ${values} WHERE "tokenHash" = '${sha256(link.slice(-43))}'`)
  await set(columns.live)
  await set(columns[state])
}
