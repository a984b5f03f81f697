import { randomInt } from 'node:crypto'
import { linkIn, sweep, sweptMailTo } from '@/tests/e2e/fixtures'
import { type RawForm, rawPost, readForm, submission } from '@/tests/e2e/raw-form'
import type { Service, Swept } from '@/tests/e2e/service'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

type Target = Pick<Service, 'url' | 'origin'>
type Mailed = Target & Swept
type Sent = { scripted?: boolean; headers?: Record<string, string> }

/** Submits a form as a browser would, from a network address of its own. Redirects are not followed. */
export function submitRaw(
  { url, origin }: Target,
  form: RawForm,
  fields: Record<string, string>,
  { scripted = false, headers = {} }: Sent = {},
): Promise<Response> {
  const sent = submission(form, fields, scripted)
  return rawPost(url, form.path, {
    ...sent,
    headers: { origin, 'x-test-address': newAddress(), ...sent.headers, ...headers },
  })
}

/** Opens an account and confirms its address. */
export async function joinRaw(service: Mailed, changes: Partial<Person> = {}): Promise<Person> {
  const person = await signUpRaw(service, changes)
  const answer = await followRaw(service, linkIn(await sweptMailTo(service, person.email), 'verify-email'))
  const headers = { cookie: cookiesOf(answer) }
  const form = await readForm(service.url, '/fr/verify-email', headers)
  expectRedirect(await submitRaw(service, form, {}, { headers }), '/fr/verify-email/done')
  return person
}

/** Opens an account, which stays unconfirmed. */
export async function signUpRaw(service: Mailed, changes: Partial<Person> = {}): Promise<Person> {
  const person = newPerson(changes)
  expectRedirect(await submitRaw(service, await readForm(service.url, '/fr/signup'), person), '/fr/signup/sent')
  await sweptMailTo(service, person.email)
  return person
}

/** Signs in and returns what the browser would send as its cookies from then on. */
export async function logInRaw(service: Target, { email, password }: Person): Promise<string> {
  const form = await readForm(service.url, '/fr/login')
  const answer = await submitRaw(service, form, { identifier: email, password, locale: 'fr' })
  expectRedirect(answer, '/fr/account')
  return cookiesOf(answer)
}

/** Signs in and changes the password. */
export async function changePasswordRaw(service: Service, person: Person, newPassword: string): Promise<void> {
  const fields = { currentPassword: person.password, newPassword }
  const answer = await submitSignedIn(service, person, '/fr/account/change-password', fields)
  expectRedirect(answer, '/fr/account/change-password/done')
}

/** Signs in and asks for a new address. */
export async function askForEmailRaw(service: Service, person: Person, newEmail: string): Promise<void> {
  const fields = { currentPassword: person.password, newEmail }
  const answer = await submitSignedIn(service, person, '/fr/account/change-email', fields)
  expectRedirect(answer, '/fr/account/change-email/sent')
}

async function submitSignedIn(service: Service, person: Person, path: string, fields: Record<string, string>) {
  const headers = { cookie: await logInRaw(service, person) }
  return submitRaw(service, await readForm(service.url, path, headers), fields, { headers })
}

/** Opens an account and asks for it to be closed. */
export async function closeRaw(service: Service): Promise<Person> {
  const person = await joinRaw(service)
  const headers = { cookie: await logInRaw(service, person) }
  const form = await readForm(service.url, '/fr/account/close', headers)
  const answer = await submitRaw(service, form, { currentPassword: person.password }, { headers })
  expectRedirect(answer, '/fr/account/close/done')
  await sweptMailTo(service, person.email, 2)
  return person
}

/** Opens an account, closes it, and lets the days pass in which it could be kept. */
export async function eraseRaw(service: Service): Promise<Person> {
  const person = await closeRaw(service)
  await passDays(service, person)
  return person
}

/** As if the days were over in which somebody could keep the account, and the sweep had come. */
export async function passDays(service: Service, { email }: Person): Promise<void> {
  await query(
    service.databaseUrl,
    `UPDATE "Account" SET "closesAt" = now() WHERE "email" = '${email}' AND "closesAt" IS NOT NULL`,
  )
  await sweep(service)
}

/** Asks for a mailed link's page, wherever the service listens. Redirects are not followed. */
export function followRaw({ url }: Target, link: string): Promise<Response> {
  return fetch(url + new URL(link).pathname, { redirect: 'manual' })
}

/** The five fields by which somebody is known. */
export function identityOf({ password: _, ...identity }: Person): Record<string, string> {
  return identity
}

/** The cookies that an answer sets, as a request sends them. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** A network address nobody else in the run has. */
export function newAddress(): string {
  return [10, randomInt(256), randomInt(256), randomInt(256)].join('.')
}

function expectRedirect(answer: Response, path: string): void {
  const location = answer.headers.get('location')
  if (answer.status !== 303 || location !== path)
    throw new Error(`answered ${answer.status} to ${location}, not to ${path}`)
}
