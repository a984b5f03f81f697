import { sha256 } from '@/lib/secrets'
import type { Swept } from '@/tests/support/app/service'
import { untilNotBusy } from '@/tests/support/http/answers'
import { cookiesOf, type OpenForm, openLink, sendOpen, submitTo, type Target } from '@/tests/support/http/forms'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

export type Mailed = Target & Swept

/** Signs up and opens the account by the mailed link. */
export async function joinRaw(service: Mailed, changes: Partial<Person> = {}): Promise<Person> {
  const person = await signUpRaw(service, changes)
  await confirmRaw(service, person)
  return person
}

const marks = new Map<string, string>()

/** The cookie by which the browser is known that somebody joined, signed in or reset their password with last; empty for none. */
export function markOf({ email }: Person): string {
  return marks.get(email) ?? ''
}

function keepMark({ email }: Person, answer: Response): void {
  const [mark] = /(__Host-)?device=[^;]+/.exec(cookiesOf(answer)) ?? []
  if (mark) marks.set(email, mark)
}

/** Opens the account of somebody who has signed up; the session that this begins is gone. */
export async function confirmRaw(service: Mailed, person: Person): Promise<void> {
  const open = await openLink(service, linkIn(await sweptMailTo(service, person.email), 'verify-email'))
  const answer = await untilNotBusy(() => sendOpen(service, open, { password: person.password }))
  expectRedirect(answer, '/fr/verify-email/done')
  keepMark(person, answer)
  const session = /session=([\w-]{43})/.exec(cookiesOf(answer))?.[1] ?? ''
  const { DATABASE_URL } = service.settings
  if (DATABASE_URL) await query(DATABASE_URL, `DELETE FROM "Session" WHERE "tokenHash" = '${sha256(session)}'`)
}

/** Signs up, which leaves a pending sign-up. */
export async function signUpRaw(service: Mailed, changes: Partial<Person> = {}): Promise<Person> {
  const person = newPerson(changes)
  expectRedirect(await untilNotBusy(() => submitTo(service, '/fr/signup', person)), '/fr/signup/sent')
  await sweptMailTo(service, person.email)
  return person
}

/** Signs in, in the browser that is known if there is one, and returns what it would send as its cookies from then on. */
export async function logInRaw(service: Target, person: Person): Promise<string> {
  const cookie = markOf(person)
  const answer = await untilNotBusy(() =>
    submitTo(service, '/fr/login', credentialsOf(person), cookie ? { cookie } : {}),
  )
  keepMark(person, answer)
  expectRedirect(answer, '/fr/account')
  return cookiesOf(answer)
}

/** Signs in and changes the password. */
export async function changePasswordRaw(service: Target, person: Person, newPassword: string): Promise<void> {
  await submitSignedIn(service, person, 'change-password', { newPassword }, 'done')
}

/** Signs in and asks for a new address. */
export async function askForEmailRaw(service: Target, person: Person, newEmail: string): Promise<void> {
  await submitSignedIn(service, person, 'change-email', { newEmail }, 'sent')
}

/** Asks for a reset link. */
export function askForResetRaw(target: Target, person: Person): Promise<Response> {
  return untilNotBusy(() => submitTo(target, '/fr/forgot-password', identityOf(person)))
}

/** Sends an open reset form; `succeeded` tells what became of it. */
export async function sendReset(
  target: Target,
  open: OpenForm,
  person: Person,
  newPassword: string,
): Promise<Response> {
  const answer = await sendOpen(target, open, { ...identityOf(person), newPassword })
  keepMark(person, answer)
  return answer
}

/** Follows a reset link and makes a new password. */
export async function redeemResetRaw(
  target: Target,
  link: string,
  person: Person,
  newPassword: string,
): Promise<Response> {
  const open = await openLink(target, link)
  return untilNotBusy(() => sendReset(target, open, person, newPassword))
}

/** Whether an answer leads to the page that confirms the change. */
export function succeeded(answer: Response): boolean {
  return answer.status === 303 && answer.headers.get('location') === '/fr/reset-password/done'
}

/** The five fields by which somebody is known. */
export function identityOf({ password: _, ...identity }: Person): Record<string, string> {
  return identity
}

/** What somebody signs in with. */
export function credentialsOf({ email, password }: Person): Record<string, string> {
  return { identifier: email, password, locale: 'fr' }
}

/** Signs in and submits a form of the account, which asks for the password and leads on to a page below it. */
export async function submitSignedIn(
  service: Target,
  person: Person,
  page: string,
  fields: Record<string, string>,
  next: string,
): Promise<void> {
  const path = `/fr/account/${page}`
  const cookie = await logInRaw(service, person)
  const typed = { currentPassword: person.password, ...fields }
  const answer = await untilNotBusy(() => submitTo(service, path, typed, { cookie }))
  expectRedirect(answer, `${path}/${next}`)
}

function expectRedirect(answer: Response, path: string): void {
  const location = answer.headers.get('location')
  if (answer.status !== 303 || location !== path)
    throw new Error(`answered ${answer.status} to ${location}, not to ${path}`)
}
