import { type RawForm, readForm } from '@/tests/e2e/raw-form'
import { cookiesOf, followRaw, identityOf, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import type { Person } from '@/tests/support/person'

type Target = Pick<Service, 'url' | 'origin'>

/** Asks for a reset link. */
export async function askRaw(target: Target, person: Person): Promise<Response> {
  return submitRaw(target, await readForm(target.url, '/fr/forgot-password'), identityOf(person))
}

/** A reset form that somebody has before them, to be sent any number of times. */
export type OpenReset = { form: RawForm; cookie: string }

/** Follows a reset link to its form. */
export async function openReset(target: Target, link: string): Promise<OpenReset> {
  const cookie = cookiesOf(await followRaw(target, link))
  return { cookie, form: await readForm(target.url, '/fr/reset-password', { cookie }) }
}

/** Sends an open reset form; `succeeded` tells what became of it. */
export function sendReset(
  target: Target,
  { form, cookie }: OpenReset,
  person: Person,
  newPassword: string,
): Promise<Response> {
  return submitRaw(target, form, { ...identityOf(person), newPassword }, { headers: { cookie } })
}

/** Follows a reset link and makes a new password. */
export async function redeemRaw(target: Target, link: string, person: Person, newPassword: string): Promise<Response> {
  return sendReset(target, await openReset(target, link), person, newPassword)
}

/** Whether an answer leads to the page that confirms the change. */
export function succeeded(answer: Response): boolean {
  return answer.status === 303 && answer.headers.get('location') === '/fr/reset-password/done'
}
