import { expect, test } from 'vitest'
import { changeDetails } from '@/lib/accounts/change-details'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername, removeUsername } from '@/lib/accounts/change-username'
import { closeAccount, keepAccount } from '@/lib/accounts/close-account'
import { exportAccount } from '@/lib/accounts/export-account'
import { changeDetailsSchema } from '@/lib/accounts/input'
import { logOut, logOutSession } from '@/lib/accounts/log-out'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { rehearseReset } from '@/lib/accounts/rehearse-reset'
import { listSessions } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { guesses } from '@/lib/limits'
import { randomToken } from '@/lib/secrets'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { eraseClosedAccounts } from '@/lib/worker/erasure'
import { askForEmail, logInAs, redeem, resetTokenOf, sessionOf, signedIn } from '@/tests/support/accounts/changes'
import { pass } from '@/tests/support/accounts/limits'
import {
  accountOf,
  askForResetAs,
  claimOf,
  joinAs,
  mailedToken,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('signing up and confirming are recorded', async () => {
  const person = newPerson()
  expect(await eventsOf(() => signUpAs(person))).toEqual(['authn_token_created'])
  const token = await mailedToken(person, 'verify-email')
  const wrong = 'Wr0ng one, surely'
  expect(await eventsOf(() => redeemVerification(token, wrong, newCaller()))).toEqual(['authn_login_fail'])
  expect(await eventsOf(() => redeemVerification(token, person.password, newCaller()))).toEqual(['user_created'])
})

test('signing in and failing to are recorded, the last failure of a day by a name of its own', async () => {
  const person = await joinAs()
  expect(await eventsOf(() => logInAs(person))).toEqual(['authn_login_success'])
  expect(await eventsOf(() => logInAs({ ...person, password: 'Wr0ng one, surely' }))).toEqual(['authn_login_fail'])
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "hits" = ${guesses.log_in.maxFailuresPerDay - 1}::int WHERE "key" LIKE 'log_in:%'`
  expect(await eventsOf(() => logInAs({ ...person, password: 'Wr0ng one, surely' }))).toEqual(['authn_login_fail_max'])
  expect(await eventsOf(() => logInAs(person))).toEqual(['authn_login_lock'])
})

test('a reset is recorded from its link to its end, and so is a second use of the link', async () => {
  const person = await joinAs()
  expect(await eventsOf(() => askForResetAs(person))).toEqual(['authn_token_created'])
  const token = await mailedToken(person, 'reset-password')
  expect(await eventsOf(() => redeem(token, { ...person, firstName: 'Mallory' }))).toEqual([
    'authn_password_change_fail',
  ])
  expect(await eventsOf(() => redeem(token, person))).toEqual(['authn_password_change', 'authn_token_created'])
  expect(await eventsOf(() => redeem(token, person))).toEqual(['authn_token_reuse'])
})

test('the end of a link after five wrong answers is recorded, once', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
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
  expect(events).toMatchObject([{ via: 'reset_request', accountId: null }])
  expect(JSON.stringify(events)).not.toContain(caller.network)
})

test('of all that one limit refuses until its window ends, the first is recorded', async () => {
  const [caller, claim] = [newCaller(), claimOf(newPerson())]
  const ask = () => requestPasswordReset(claim, caller, 'fr')
  for (let request = 0; request < 5; request += 1) await ask()
  const excess = () => eventsOf(() => Promise.all(Array.from({ length: 8 }, ask)))
  expect(await excess()).toEqual(['excess_rate_limit_exceeded'])
  expect(await excess()).toEqual([])
  await pass(null, 900)
  for (let request = 0; request < 5; request += 1) await ask()
  expect(await excess()).toEqual(['excess_rate_limit_exceeded'])
})

test('what comes from one network without a secret is recorded no oftener than its limits allow', async () => {
  const caller = newCaller()
  const person = newPerson()
  const recorded = await eventsOf(async () => {
    for (let round = 0; round < 30; round += 1) {
      await logOut(randomToken())
      await logOut('made up')
      await redeem(randomToken(), person, newPassword, caller)
      await redeemVerification(randomToken(), newPassword, caller)
      await redeemVerification(null, newPassword, caller)
      await redeemNotMe(randomToken(), caller, 'fr')
      await redeemEmailChange('nothing', newPassword, caller, 'fr')
      await logInAs(person, { caller })
    }
  })
  expect(recorded).not.toContain('session_expired')
  expect(recorded.filter((name) => name === 'excess_rate_limit_exceeded')).toHaveLength(5)
  expect(recorded.length).toBeLessThanOrEqual(4 * 10 + 20 + 5)
})

test('the end of a session is recorded, once', async () => {
  const session = await sessionOf(await joinAs())
  expect(await eventsOf(() => logOut(session))).toEqual(['session_expired'])
  expect(await eventsOf(() => logOut(session))).toEqual([])
})

test('a step out of order is recorded', async () => {
  const person = await joinAs()
  for (const token of [null, '', 'not a token'])
    expect(await eventsOf(() => redeem(token, person))).toEqual(['sequence_fail'])
  expect(await eventsOf(() => redeemVerification(null, 'anything', newCaller()))).toEqual(['sequence_fail'])
})

test('a change of password is recorded, and so is a failure to', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  const change = (currentPassword: string) =>
    changePassword(account, { currentPassword, newPassword }, newCaller(), 'fr')
  expect(await eventsOf(() => change('Wr0ng one, surely'))).toEqual(['authn_password_change_fail'])
  expect(await eventsOf(() => change(person.password))).toEqual(['authn_password_change', 'authn_token_created'])
})

test('a change of address is recorded from its request to its end, and so is that it was undone', async () => {
  const [person, { email }] = [await joinAs(), newPerson()]
  expect(await eventsOf(() => askForEmail(person, email))).toEqual(['authn_login_success', 'authn_token_created'])
  const token = await mailedToken({ email }, 'new-email')
  const confirm = (link: string, password = person.password) =>
    eventsOf(() => redeemEmailChange(link, password, newCaller(), 'fr'))
  expect(await confirm(token, 'Wr0ng one, surely')).toEqual(['authn_login_fail'])
  expect(await confirm(token)).toEqual(['authn_token_created', 'user_updated'])
  expect(await confirm(token)).toEqual(['authn_token_reuse'])
  expect(await confirm('short')).toEqual(['sequence_fail'])
  await deliverDueMail()
  const notMe = await mailedToken(person, 'not-me')
  const undo = (password: string | null) => eventsOf(() => redeemNotMe(notMe, newCaller(), 'fr', password))
  expect(await undo('Wr0ng one, surely')).toEqual(['authn_login_fail'])
  expect(await undo(null)).toEqual(['authn_token_created', 'user_updated'])
  expect(await undo(null)).toEqual([])
  expect(await undo(person.password)).toEqual(['authn_password_change', 'authn_token_created', 'user_updated'])
  expect(await undo(person.password)).toEqual(['authn_token_reuse'])
  expect(await eventsOf(() => redeemNotMe(null, newCaller(), 'fr'))).toEqual(['sequence_fail'])
})

test('a correction of the details is recorded, and so are a wrong password for it and that it was undone', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  const correct = (currentPassword: string, country = 'CH') =>
    eventsOf(() =>
      changeDetails(account, changeDetailsSchema.parse({ ...person, country, currentPassword }), newCaller(), 'fr'),
    )
  expect(await correct('Wr0ng one, surely')).toEqual(['authn_login_fail'])
  expect(await correct(person.password, person.country)).toEqual([])
  expect(await correct(person.password)).toEqual(['authn_token_created', 'user_updated'])
  await deliverDueMail()
  const notMe = await mailedToken(person, 'not-me')
  expect(await eventsOf(() => redeemNotMe(notMe, newCaller(), 'fr'))).toEqual(['authn_password_change', 'user_updated'])
})

test('what somebody does with the account is recorded, to its end', async () => {
  const person = await joinAs()
  const { id } = await accountOf(person)
  await logInAs(person)
  const [browser] = await listSessions(id, null)
  const close = (currentPassword: string) => closeAccount(id, { currentPassword }, newCaller(), 'fr')
  expect(await eventsOf(() => logOutSession(id, browser?.id ?? ''))).toEqual(['session_expired'])
  expect(await eventsOf(() => changeUsername(id, { name: 'Cam', key: 'cam' }, newCaller()))).toEqual(['user_updated'])
  expect(await eventsOf(() => removeUsername(id, newCaller()))).toEqual(['user_updated'])
  expect(await eventsOf(() => rehearseReset(id, claimOf(person), newCaller()))).toEqual(['sensitive_read'])
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
