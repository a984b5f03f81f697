import { expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { logOutEverywhere } from '@/lib/accounts/log-out'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { logInAs, redeem, sessionOf } from '@/tests/support/changes'
import { askForReset, join, mailedToken, newCaller } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('changing the password asks for the current one, ends the other sessions and live links, and keeps this browser signed in', async () => {
  const person = await join(newPerson())
  const [here, elsewhere] = [await sessionOf(person), await sessionOf(person)]
  await askForReset(person)
  const account = await findSession(here)
  if (!account) throw new Error('not signed in')
  const change = (currentPassword: string) =>
    changePassword(account, { currentPassword, newPassword: 'Un-n0uveau secret' }, newCaller(), 'fr')
  expect(await change('Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  const changed = await change(person.password)
  if (!changed.ok) throw new Error(changed.code)
  expect(await findSession(changed.value)).toMatchObject({ email: person.email })
  expect([await findSession(here), await findSession(elsewhere)]).toEqual([null, null])
  expect(await peekPasswordReset(await mailedToken(person, 'reset-password'))).toBe('password_changed')
})

test('a new sign-in ends the session that the browser presented, and signing out everywhere ends all', async () => {
  const person = await join(newPerson())
  const first = await sessionOf(person)
  const second = await sessionOf(person, first)
  expect(await findSession(first)).toBeNull()
  const account = await findSession(second)
  await logOutEverywhere(account?.id ?? '')
  expect(await findSession(second)).toBeNull()
})

test('sessions end when idle for a day and after thirty days', async () => {
  const person = await join(newPerson())
  const session = await sessionOf(person)
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 day' WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(session)).toBeNull()
  const another = await sessionOf(person)
  await client.$executeRaw`UPDATE "Session" SET "expiresAt" = now() WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(another)).toBeNull()
})

test('five failures are free, then even the right password waits; other people do not', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" IS NOT NULL`
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs(other)).toMatchObject({ ok: true })
})

test('a completed reset forgives the failures, so that its owner signs in at once', async () => {
  const person = await join(newPerson())
  for (let round = 0; round < 8; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  await askForReset(person)
  await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau secret')
  expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
})
