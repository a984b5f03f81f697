import { sha256 } from '@/lib/secrets'
import type { Service } from '@/tests/support/app/service'
import {
  askForEmailRaw,
  askForResetRaw,
  changePasswordRaw,
  joinRaw,
  type Mailed,
  signUpRaw,
} from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

type MailedLink = { person: Person; link: string }

export const linkPages = ['verify-email', 'reset-password', 'new-email', 'not-me'] as const
export type LinkPage = (typeof linkPages)[number]

/** How somebody comes by a link to each page, and that link. */
export const mailedLinks: Record<LinkPage, (service: Mailed) => Promise<MailedLink>> = {
  'verify-email': async (service) => {
    const person = await signUpRaw(service)
    return { person, link: linkIn(await sweptMailTo(service, person.email), 'verify-email') }
  },
  'reset-password': async (service) => {
    const person = await joinRaw(service)
    await askForResetRaw(service, person)
    return { person, link: linkIn(await sweptMailTo(service, person.email, 2), 'reset-password') }
  },
  'new-email': async (service) => {
    const [person, { email }] = [await joinRaw(service), newPerson()]
    await askForEmailRaw(service, person, email)
    return { person, link: linkIn(await sweptMailTo(service, email), 'new-email') }
  },
  'not-me': async (service) => {
    const person = await joinRaw(service)
    await changePasswordRaw(service, person, newPassword)
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

/** The states in which a link no longer serves, each of which its page explains. */
export const deadStates: Record<LinkPage, readonly LinkState[]> = {
  'verify-email': ['used', 'expired', 'too_many_attempts', 'replaced', 'address_taken'],
  'reset-password': [
    'used',
    'expired',
    'password_changed',
    'address_changed',
    'account_closing',
    'too_many_attempts',
    'replaced',
  ],
  'new-email': ['used', 'expired', 'password_changed', 'too_many_attempts', 'replaced', 'address_taken'],
  'not-me': ['used', 'expired', 'too_many_attempts', 'replaced', 'address_taken'],
}

/** Puts a link into a state, whatever it was in before. */
export async function setLink(
  { databaseUrl }: Pick<Service, 'databaseUrl'>,
  link: string,
  state: LinkState,
): Promise<void> {
  const set = (values: string) =>
    query(databaseUrl, `UPDATE "Token" SET ${values} WHERE "tokenHash" = '${sha256(link.slice(-43))}'`)
  await set(columns.live)
  await set(columns[state])
}
