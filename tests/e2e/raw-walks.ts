import { randomInt } from 'node:crypto'
import { linkIn, mailTo, type Service } from '@/tests/e2e/fixtures'
import { type RawForm, rawPost, readForm, submission } from '@/tests/e2e/raw-form'
import { newPerson, type Person } from '@/tests/support/person'

type Target = Pick<Service, 'url' | 'origin'>
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
export async function joinRaw(service: Service): Promise<Person> {
  const person = await signUpRaw(service)
  const answer = await followRaw(service, linkIn(await mailTo(service.resend, person.email), 'verify-email'))
  const headers = { cookie: cookiesOf(answer) }
  const form = await readForm(service.url, '/fr/verify-email', headers)
  expectRedirect(await submitRaw(service, form, {}, { headers }), '/fr/verify-email/done')
  return person
}

/** Opens an account, which stays unconfirmed. */
export async function signUpRaw(service: Service): Promise<Person> {
  const person = newPerson()
  expectRedirect(await submitRaw(service, await readForm(service.url, '/fr/signup'), person), '/fr/signup/sent')
  await mailTo(service.resend, person.email)
  return person
}

/** Signs in and returns what the browser would send as its cookies from then on. */
export async function logInRaw(service: Target, { email, password }: Person): Promise<string> {
  const form = await readForm(service.url, '/fr/login')
  const answer = await submitRaw(service, form, { identifier: email, password, locale: 'fr' })
  expectRedirect(answer, '/fr/account')
  return cookiesOf(answer)
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
