import { expect, test } from 'vitest'
import { redeemNewEmail } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername, removeUsername } from '@/lib/accounts/change-username'
import { closeAccount, keepAccount } from '@/lib/accounts/close-account'
import { eraseClosedAccounts } from '@/lib/accounts/erase-closed-accounts'
import { exportAccount } from '@/lib/accounts/export-account'
import { logIn } from '@/lib/accounts/log-in'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { logInBackoff } from '@/lib/accounts/policy'
import { findSession } from '@/lib/accounts/sessions'
import { listSignedInBrowsers, signOutBrowser } from '@/lib/accounts/signed-in-browsers'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { askForEmail } from '@/tests/support/changes'
import { accountOf, askForReset, claimOf, join, mailedToken, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

const newPassword = 'Un-n0uveau secret'

test('signing up and confirming are recorded', async () => {
  const person = newPerson()
  expect(await eventsOf(() => signUpAs(person))).toEqual(['authn_token_created', 'user_created'])
  const token = await mailedToken(person, 'verify-email')
  expect(await eventsOf(() => redeemVerification(token, newCaller()))).toEqual(['user_updated'])
})

test('signing in and failing to are recorded, the last failure of a day by a name of its own', async () => {
  const person = await join(newPerson())
  expect(await eventsOf(() => logInAs(person))).toEqual(['authn_login_success'])
  expect(await eventsOf(() => logInAs(person, 'Wr0ng one, surely'))).toEqual(['authn_login_fail'])
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "hits" = ${logInBackoff.maxFailuresPerDay - 1}::int WHERE "key" LIKE 'log_in:%'`
  expect(await eventsOf(() => logInAs(person, 'Wr0ng one, surely'))).toEqual(['authn_login_fail_max'])
  expect(await eventsOf(() => logInAs(person))).toEqual(['authn_login_lock'])
})

test('a reset is recorded from its link to its end, and so is a second use of the link', async () => {
  const person = await join(newPerson())
  expect(await eventsOf(() => askForReset(person))).toEqual(['authn_token_created'])
  const token = await mailedToken(person, 'reset-password')
  expect(await eventsOf(() => redeem(token, { ...person, firstName: 'Mallory' }))).toEqual([
    'authn_password_change_fail',
  ])
  expect(await eventsOf(() => redeem(token, person))).toEqual(['authn_password_change', 'authn_token_created'])
  expect(await eventsOf(() => redeem(token, person))).toEqual(['authn_token_reuse'])
})

test('the end of a link after five wrong answers is recorded, once', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const guess = () => redeem(token, { ...person, firstName: 'Mallory' })
  for (let attempt = 1; attempt < 5; attempt += 1) expect(await eventsOf(guess)).toEqual(['authn_password_change_fail'])
  expect(await eventsOf(guess)).toEqual(['authn_password_change_fail', 'authn_token_revoked'])
  expect(await eventsOf(guess)).toEqual(['authn_token_reuse'])
})

test('too many tries from one network address are recorded, by what was tried', async () => {
  const [caller, claim] = [newCaller(), claimOf(newPerson())]
  for (let request = 0; request < 5; request += 1) await requestPasswordReset(claim, caller, 'fr')
  expect(await eventsOf(() => requestPasswordReset(claim, caller, 'fr'))).toEqual(['excess_rate_limit_exceeded'])
  const events = await (await db()).event.findMany()
  expect(events).toMatchObject([{ via: 'reset_request', accountId: null, subject: null }])
  expect(JSON.stringify(events)).not.toContain(caller.address)
})

test('a step out of order is recorded', async () => {
  const person = await join(newPerson())
  for (const token of [null, '', 'not a token'])
    expect(await eventsOf(() => redeem(token, person))).toEqual(['sequence_fail'])
  expect(await eventsOf(() => redeemVerification(null, newCaller()))).toEqual(['sequence_fail'])
})

test('a change of password is recorded, and so is a failure to', async () => {
  const person = await join(newPerson())
  const result = await logInAs(person)
  const account = await findSession(result.ok ? result.value.session : null)
  if (!account) throw new Error('not signed in')
  const change = (currentPassword: string) =>
    changePassword(account, { currentPassword, newPassword }, newCaller(), 'fr')
  expect(await eventsOf(() => change('Wr0ng one, surely'))).toEqual(['authn_password_change_fail'])
  expect(await eventsOf(() => change(person.password))).toEqual(['authn_password_change', 'authn_token_created'])
})

test('a change of address is recorded from its request to its end, and so is that it was undone', async () => {
  const [person, { email }] = [await join(newPerson()), newPerson()]
  expect(await eventsOf(() => askForEmail(person, email))).toEqual(['authn_login_success', 'authn_token_created'])
  const token = await mailedToken({ ...person, email }, 'new-email')
  expect(await eventsOf(() => redeemNewEmail(token, newCaller(), 'fr'))).toEqual([
    'authn_token_created',
    'user_updated',
  ])
  expect(await eventsOf(() => redeemNewEmail(token, newCaller(), 'fr'))).toEqual(['authn_token_reuse'])
  expect(await eventsOf(() => redeemNewEmail('short', newCaller(), 'fr'))).toEqual(['sequence_fail'])
  await deliverDueMail()
  const notMe = await mailedToken(person, 'not-me')
  expect(await eventsOf(() => redeemNotMe(notMe, newCaller(), 'fr'))).toEqual(['authn_password_change', 'user_updated'])
  expect(await eventsOf(() => redeemNotMe(notMe, newCaller(), 'fr'))).toEqual(['authn_token_reuse'])
  expect(await eventsOf(() => redeemNotMe(null, newCaller(), 'fr'))).toEqual(['sequence_fail'])
})

test('what somebody does with the account is recorded, to its end', async () => {
  const person = await join(newPerson())
  const { id } = await accountOf(person)
  await logInAs(person)
  const [browser] = await listSignedInBrowsers(id, null)
  const close = (currentPassword: string) => closeAccount(id, { currentPassword }, newCaller(), 'fr')
  expect(await eventsOf(() => signOutBrowser(id, browser?.id ?? ''))).toEqual(['session_expired'])
  expect(await eventsOf(() => changeUsername(id, { name: 'Cam', key: 'cam' }, newCaller()))).toEqual(['user_updated'])
  expect(await eventsOf(() => removeUsername(id, newCaller()))).toEqual(['user_updated'])
  expect(await eventsOf(() => exportAccount(id, newCaller()))).toEqual(['sensitive_read'])
  expect(await eventsOf(() => close('Wr0ng one, surely'))).toEqual(['authn_login_fail'])
  expect(await eventsOf(() => close(person.password))).toEqual(['user_updated'])
  expect(await eventsOf(() => keepAccount(id, newCaller()))).toEqual(['user_updated'])
  await close(person.password)
  await (await db()).$executeRaw`UPDATE "Account" SET "closesAt" = now() WHERE "id" = ${id}::uuid`
  expect(await eventsOf(eraseClosedAccounts)).toEqual(['user_deleted'])
})

/** The names of the events that something leaves behind, in the alphabet's order. */
async function eventsOf(work: () => Promise<unknown>): Promise<string[]> {
  const client = await db()
  await client.$executeRaw`DELETE FROM "Event"`
  await work()
  const rows = await client.$queryRaw<{ name: string }[]>`SELECT "name" FROM "Event" ORDER BY "name"`
  return rows.map(({ name }) => name)
}

function redeem(token: string | null, person: Person) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
}

function logInAs(person: Person, password = person.password) {
  return logIn({ identifier: person.email, password, locale: 'fr' }, newCaller(), { session: null, device: null })
}
