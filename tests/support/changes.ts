import { redeemNewEmail, requestNewEmail } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeEmailSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { claimOf, newCaller } from '@/tests/support/people'
import type { Person } from '@/tests/support/person'

export function logInAs({ email, password }: Person, presented: string | null = null) {
  return logIn({ identifier: email, password, locale: 'fr' }, newCaller(), { session: presented, device: null })
}

/** Signs somebody in, in a browser that may present a session, and returns the new session's token. */
export async function sessionOf(person: Person, presented: string | null = null): Promise<string> {
  const result = await logInAs(person, presented)
  if (!result.ok) throw new Error(result.code)
  return result.value.session
}

export async function signedIn(person: Person): Promise<SessionAccount> {
  const account = await findSession(await sessionOf(person))
  if (!account) throw new Error('the session did not last')
  return account
}

/** Changes the password as somebody signed in does, and has the notice delivered. Returns the person as known from then on. */
export async function withPassword(person: Person, newPassword: string): Promise<Person> {
  const { password: currentPassword } = person
  const result = await changePassword(await signedIn(person), { currentPassword, newPassword }, newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
  return { ...person, password: newPassword }
}

/** Makes a new password by a reset link, with the details of a person. */
export function redeem(token: string, person: Person, newPassword: string) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
}

/** Asks for a new address as somebody signed in does, and has the mail delivered. */
export async function askForEmail(person: Person, newEmail: string): Promise<void> {
  const input = changeEmailSchema.parse({ newEmail, currentPassword: person.password })
  const result = await requestNewEmail(await signedIn(person), input, newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
}

/** Confirms a new address by its link, and has the mail delivered. */
export async function confirmEmail(token: string) {
  const result = await redeemNewEmail(token, newCaller(), 'fr')
  await deliverDueMail()
  return result
}

export async function idOf({ email }: Person): Promise<string> {
  return (await (await db()).account.findUniqueOrThrow({ where: { emailKey: email.toLowerCase() } })).id
}
