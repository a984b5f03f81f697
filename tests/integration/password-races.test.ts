import { expect, test } from 'vitest'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { hashPassword } from '@/lib/accounts/hashing'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { startSession } from '@/lib/accounts/sessions'
import { db, transaction } from '@/lib/db/client'
import { idOf, logInAs, redeem } from '@/tests/support/changes'
import { patiently } from '@/tests/support/patience'
import { askForReset, join, mailedToken, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

const crowd = Array.from({ length: 32 }, (_, index) => index)

test('of 32 redemptions of one link at once, one wins and its password holds', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const passwords = crowd.map((index) => `Un-n0uveau secret ${index}`)

  // Five of one link are weighed at a time; who finds no room asks again, as a person would.
  const results = await Promise.all(passwords.map((newPassword) => redeemPatiently(token, person, newPassword)))

  const winners = passwords.filter((_, index) => results[index]?.ok)
  expect(winners).toHaveLength(1)
  for (const password of winners) expect(await logInAs({ ...person, password })).toMatchObject({ ok: true })
  expect(await peekPasswordReset(token)).toBe('used')
  const client = await db()
  const accountId = await idOf(person)
  expect(await client.event.count({ where: { accountId, name: 'authn_password_change' } })).toBe(1)
  expect(
    await client.mail.count({ where: { kind: 'password_changed', data: { path: ['accountId'], equals: accountId } } }),
  ).toBe(1)
})

test('of 32 wrong guesses of the details at once, five count and the link is dead', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const wrong = { ...person, firstName: 'Mallory' }
  const results = await Promise.all(crowd.map(() => redeem(token, wrong, 'Un-n0uveau secret')))
  expect(results.filter((result) => !result.ok && result.code === 'identity_mismatch')).toHaveLength(4)
  const rows = await (await db()).token.findMany({ where: { sentTo: person.email, purpose: 'password_reset' } })
  expect(rows.map(({ attempts, endReason }) => ({ attempts, endReason }))).toEqual([
    { attempts: 5, endReason: 'too_many_attempts' },
  ])
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
})

test('a sign-in that verified the old password leaves no session when a reset commits meanwhile', async () => {
  for (let round = 0; round < 20; round += 1) {
    const person = await join(newPerson())
    const accountId = await idOf(person)
    const passwordHash = await hashPassword('Un-n0uveau secret')
    let started: Promise<string | null> | undefined
    await transaction(async (tx) => {
      await lockAccount(tx, accountId)
      await replacePassword(tx, accountId, passwordHash, newCaller(), 'fr', 'password_reset')
      started = (async () => startSession(await db(), accountId, 1, newCaller().device))()
      await new Promise((resolve) => setTimeout(resolve, round))
    })
    expect(await started).toBeNull()
    expect(await (await db()).session.count({ where: { accountId } })).toBe(0)
  }
})

test('signing in and resetting at once never leaves a session older than the credential', async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await join(newPerson())
    await askForReset(person)
    const token = await mailedToken(person, 'reset-password')
    await Promise.all([redeem(token, person, 'Un-n0uveau secret'), logInAs(person), logInAs(person)])
  }
  const stale = await (await db()).$queryRaw`
    SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(stale).toEqual([])
})

function redeemPatiently(token: string, person: Person, newPassword: string) {
  return patiently(() => redeem(token, person, newPassword))
}
