import { expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { logOutEverywhere } from '@/lib/accounts/log-out'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession, startSession } from '@/lib/accounts/sessions'
import { db, transaction } from '@/lib/db/client'
import { idOf, logInAs, redeem, sessionOf, signedIn } from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('changing the password asks for the current one, ends the other sessions and live links, and keeps this browser signed in', async () => {
  const person = await joinAs()
  const [here, elsewhere] = [await sessionOf(person), await sessionOf(person)]
  await askForResetAs(person)
  const account = await findSession(here)
  if (!account) throw new Error('not signed in')
  const change = (currentPassword: string) =>
    changePassword(account, { currentPassword, newPassword }, newCaller(), 'fr')
  expect(await change('Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  const changed = await change(person.password)
  if (!changed.ok) throw new Error(changed.code)
  expect(await findSession(changed.value.session)).toMatchObject({ email: person.email })
  expect([await findSession(here), await findSession(elsewhere)]).toEqual([null, null])
  expect(await peekLink('reset-password', await mailedToken(person, 'reset-password'))).toBe('password_changed')
})

test('a new sign-in ends the session that the browser presented, and signing out everywhere ends all', async () => {
  const person = await joinAs()
  const first = await sessionOf(person)
  const second = await sessionOf(person, { session: first })
  expect(await findSession(first)).toBeNull()
  const account = await findSession(second)
  await logOutEverywhere(account?.id ?? '')
  expect(await findSession(second)).toBeNull()
})

test('sessions end when idle for a day and after thirty days', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 day' WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(session)).toBeNull()
  const another = await sessionOf(person)
  await client.$executeRaw`UPDATE "Session" SET "expiresAt" = now() WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(another)).toBeNull()
})

test('five failures are free, then even the right password waits; other people do not', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" IS NOT NULL`
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs(other)).toMatchObject({ ok: true })
})

test('a completed reset forgives the failures, so that its owner signs in at once', async () => {
  const person = await joinAs()
  for (let round = 0; round < 8; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  await askForResetAs(person)
  await redeem(await mailedToken(person, 'reset-password'), person, newPassword)
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
})

test('a sign-in that is refused in the end leaves the session that the browser held', async () => {
  const person = await joinAs()
  const former = await sessionOf(person)
  const id = await idOf(person)
  const device = { browser: null, system: null }
  expect(await transaction((tx) => startSession(tx, id, 99, device, { former }))).toBeNull()
  expect(await findSession(former)).toMatchObject({ id })
  expect(await transaction((tx) => startSession(tx, id, 1, device, { former }))).not.toBeNull()
  expect(await findSession(former)).toBeNull()
})

test('a password is changed ten times a day, five in an hour, and a weak one does not count', async () => {
  let person = await joinAs()
  const change = async (password: string) => {
    const input = { currentPassword: person.password, newPassword: password }
    const result = await changePassword(await signedIn(person), input, newCaller(), 'fr')
    if (result.ok) person = { ...person, password }
    return result.ok || result.code
  }
  for (let times = 0; times < 5; times += 1) {
    expect(await change('weak')).toBe('weak_password')
    expect(await change(`${newPassword} ${times}`)).toBe(true)
  }
  expect(await change(newPassword)).toBe('too_many_requests')
})
