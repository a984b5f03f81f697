import { changeDetails } from '@/lib/accounts/change-details'
import { redeemEmailChange, requestEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeDetailsSchema, changeEmailSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { makeMark } from '@/lib/accounts/mark'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { ok } from '@/lib/result'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { accountOf, askForResetAs, claimOf, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'

/** What a browser presents, and where it is. */
type Browser = { session?: string | null; mark?: string | null; caller?: Caller }

export function logInAs(
  { email, password }: Person,
  { session = null, mark = null, caller = newCaller() }: Browser = {},
) {
  return logIn({ identifier: email, password, locale: 'fr' }, caller, { session, mark })
}

/** Signs somebody in, in a browser that is known unless it presents something else; what it is given. */
export async function loggedIn(person: Person, browser: Browser = {}): Promise<{ session: string; mark: string }> {
  const result = await logInAs(person, { mark: await markOf(person), ...browser })
  if (!result.ok) throw new Error(result.code)
  return result.value
}

/** A mark of a browser that signed in with the present password. */
async function markOf(person: Person): Promise<string> {
  const accountId = await idOf(person)
  const { version } = await (await db()).credential.findUniqueOrThrow({ where: { accountId } })
  return makeMark(accountId, version)
}

/** Signs somebody in; the token of the session. */
export async function sessionOf(person: Person, browser: Browser = {}): Promise<string> {
  return (await loggedIn(person, browser)).session
}

/** Signs somebody in; the account as their browser then has it. */
export async function signedIn(person: Person): Promise<SessionAccount> {
  return accountIn(await sessionOf(person))
}

export async function accountIn(session: string): Promise<SessionAccount> {
  const account = await findSession(session)
  if (!account) throw new Error('the session did not last')
  return account
}

/** Asks for a reset link and reads its token. */
export async function resetTokenOf(person: Person): Promise<string> {
  await askForResetAs(person)
  return mailedToken(person, 'reset-password')
}

/** Changes the password as somebody signed in does, and has the notice delivered. Returns the person as known from then on. */
export async function withPassword(person: Person, newPassword: string): Promise<Person> {
  const { password: currentPassword } = person
  const result = await changePassword(await signedIn(person), { currentPassword, newPassword }, newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
  return { ...person, password: newPassword }
}

/** Makes a new password by a reset link, with the details of a person, in a browser that keeps nothing of it. */
export async function redeem(token: string | null, person: Person, password = newPassword, caller = newCaller()) {
  const result = await redeemPasswordReset(token, { ...claimOf(person), newPassword: password }, caller, 'fr')
  return result.ok ? ok() : result
}

/** Corrects details as somebody signed in does, and has the notice delivered. */
export async function correctDetails(person: Person, changed: Partial<Person>) {
  const input = changeDetailsSchema.parse({ ...person, ...changed, currentPassword: person.password })
  const result = await changeDetails(await signedIn(person), input, newCaller(), 'fr')
  await deliverDueMail()
  return result
}

/** Asks for a new address as somebody signed in does, and has the mail delivered. */
export async function askForEmail(person: Person, newEmail: string): Promise<void> {
  const input = changeEmailSchema.parse({ newEmail, currentPassword: person.password })
  const result = await requestEmailChange(await signedIn(person), input, newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
}

/** Confirms a new address by its link and a password, and has the mail delivered. */
export async function confirmEmail(token: string, { password }: Pick<Person, 'password'>) {
  const result = await redeemEmailChange(token, password, newCaller(), 'fr')
  await deliverDueMail()
  return result
}

/** Moves an account to another address. Returns the person as known from then on. */
export async function withEmail(person: Person, email = newPerson().email): Promise<Person> {
  await askForEmail(person, email)
  const result = await confirmEmail(await mailedToken({ email }, 'new-email'), person)
  if (!result.ok) throw new Error(result.code)
  return { ...person, email }
}

/** An account that was moved: somebody at the former address, at the present one, and the link that the former was told with. */
export async function movedAccount(): Promise<{ former: Person; owner: Person; token: string }> {
  const former = await joinAs()
  const owner = await withEmail(former)
  return { former, owner, token: await mailedToken(former, 'not-me') }
}

/** Says “this was not me” by its link, with a password where one is asked for, and has the mail delivered. */
export async function undoBy(token: string | null, password: string | null = null) {
  const result = await redeemNotMe(token, newCaller(), 'fr', password)
  await deliverDueMail()
  return result
}

export async function idOf(person: Person): Promise<string> {
  return (await accountOf(person)).id
}
