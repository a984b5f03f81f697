import { randomUUID } from 'node:crypto'
import { changeDetails } from '@/lib/accounts/change-details'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername, removeUsername } from '@/lib/accounts/change-username'
import { keepAccount } from '@/lib/accounts/close-account'
import { changeDetailsSchema, type Username } from '@/lib/accounts/input'
import { logOut, logOutEverywhere, logOutSession } from '@/lib/accounts/log-out'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { closeByOperator } from '@/lib/accounts/operators/close'
import { revokeSessions } from '@/lib/accounts/operators/revoke-sessions'
import { listSessions } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { eraseAccount, eraseClosedAccounts } from '@/lib/worker/erasure'
import {
  askForEmail,
  correctDetails,
  idOf,
  logInAs,
  redeem,
  resetTokenOf,
  sessionOf,
  signedIn,
  withPassword,
} from '@/tests/support/accounts/changes'
import { closeAs } from '@/tests/support/accounts/closing'
import { operator } from '@/tests/support/accounts/operators'
import { mailedToken, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'

/** What comes before each change, and the change that is recorded. */
export const changes: Record<string, (person: Person) => Promise<() => Promise<unknown>>> = {
  'a reset of the password': async (person) => {
    const token = await resetTokenOf(person)
    return () => redeem(token, person)
  },
  'a change of the password': async (person) => {
    const account = await signedIn(person)
    const input = { currentPassword: person.password, newPassword }
    return () => changePassword(account, input, newCaller(), 'fr')
  },
  'a change of the address': async (person) => {
    const { email } = newPerson()
    await askForEmail(person, email)
    const token = await mailedToken({ email }, 'new-email')
    return () => redeemEmailChange(token, person.password, newCaller(), 'fr')
  },
  'a correction of the details': async (person) => {
    const account = await signedIn(person)
    const input = changeDetailsSchema.parse({ ...person, country: 'CH', currentPassword: person.password })
    return () => changeDetails(account, input, newCaller(), 'fr')
  },
  '“this was not me” after a correction of the details': async (person) => {
    await correctDetails(person, { country: 'CH' })
    const token = await mailedToken(person, 'not-me')
    return () => redeemNotMe(token, newCaller(), 'fr')
  },
  '“this was not me”': async (person) => {
    await withPassword(person, newPassword)
    const token = await mailedToken(person, 'not-me')
    return () => redeemNotMe(token, newCaller(), 'fr')
  },
  'a user name': async (person) => {
    const id = await idOf(person)
    return () => changeUsername(id, newName(), newCaller())
  },
  'the removal of a user name': async (person) => {
    const id = await idOf(person)
    await changeUsername(id, newName(), newCaller())
    return () => removeUsername(id, newCaller())
  },
  'the closing of an account': async (person) => {
    const _id = await idOf(person)
    return () => closeAs(person)
  },
  'the keeping of an account': async (person) => {
    const id = await closed(person)
    return () => keepAccount(id, newCaller())
  },
  'the erasure of an account': async (person) => {
    const id = await closed(person)
    await (await db()).$executeRaw`UPDATE "Account" SET "closesAt" = now() WHERE "id" = ${id}::uuid`
    return eraseClosedAccounts
  },
  'a sign-in': async (person) => () => logInAs(person),
  'a sign-out': async (person) => {
    const session = await sessionOf(person)
    return () => logOut(session)
  },
  'a sign-out everywhere': async (person) => {
    const { id } = await signedIn(person)
    return () => logOutEverywhere(id)
  },
  'a sign-out of one browser': async (person) => {
    const { id } = await signedIn(person)
    const [browser] = await listSessions(id, null)
    return () => logOutSession(id, browser?.id ?? '')
  },
  'a sign-out by an operator': async (person) => {
    const { id } = await signedIn(person)
    return () => revokeSessions(id, operator)
  },
  'the closing of an account by an operator': async (person) => {
    const id = await idOf(person)
    return () => closeByOperator(id, operator)
  },
  'the erasure of an account by an operator': async (person) => {
    const id = await idOf(person)
    return () => eraseAccount(id, operator)
  },
  'the confirmation of an address': async () => {
    const other = await signUpAs()
    const token = await mailedToken(other, 'verify-email')
    return () => redeemVerification(token, other.password, newCaller())
  },
}

/** Asks for somebody's account to be closed, and returns its id. */
async function closed(person: Person): Promise<string> {
  const id = await idOf(person)
  await closeAs(person)
  return id
}

function newName(): Username {
  const name = randomUUID().slice(0, 8)
  return { name, key: name }
}
