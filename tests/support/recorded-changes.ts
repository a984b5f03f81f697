import { randomUUID } from 'node:crypto'
import { redeemNewEmail } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername, removeUsername } from '@/lib/accounts/change-username'
import { closeAccount, keepAccount } from '@/lib/accounts/close-account'
import { eraseClosedAccounts } from '@/lib/accounts/erase-closed-accounts'
import type { Username } from '@/lib/accounts/input'
import { logOut, logOutEverywhere } from '@/lib/accounts/log-out'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { listSignedInBrowsers, signOutBrowser } from '@/lib/accounts/signed-in-browsers'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { askForEmail, idOf, logInAs, sessionOf, signedIn, withPassword } from '@/tests/support/changes'
import { askForReset, claimOf, mailedToken, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'

const newPassword = 'Un-n0uveau secret'

/** What somebody has done before, and the change that is then recorded. */
export const changes: Record<string, (person: Person) => Promise<() => Promise<unknown>>> = {
  'a reset of the password': async (person) => {
    await askForReset(person)
    const token = await mailedToken(person, 'reset-password')
    return () => redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
  },
  'a change of the password': async (person) => {
    const account = await signedIn(person)
    const input = { currentPassword: person.password, newPassword }
    return () => changePassword(account, input, newCaller(), 'fr')
  },
  'a change of the address': async (person) => {
    const { email } = newPerson()
    await askForEmail(person, email)
    const token = await mailedToken({ ...person, email }, 'new-email')
    return () => redeemNewEmail(token, newCaller(), 'fr')
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
    const id = await idOf(person)
    return () => closeAccount(id, { currentPassword: person.password }, newCaller(), 'fr')
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
    const [browser] = await listSignedInBrowsers(id, null)
    return () => signOutBrowser(id, browser?.id ?? '')
  },
  'the confirmation of an address': async () => {
    const other = newPerson()
    await signUpAs(other)
    const token = await mailedToken(other, 'verify-email')
    return () => redeemVerification(token, newCaller())
  },
}

/** Asks for somebody's account to be closed, and returns its id. */
async function closed(person: Person): Promise<string> {
  const id = await idOf(person)
  await closeAccount(id, { currentPassword: person.password }, newCaller(), 'fr')
  return id
}

function newName(): Username {
  const name = randomUUID().slice(0, 8)
  return { name, key: name }
}
