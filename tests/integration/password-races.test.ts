import { expect, test } from 'vitest'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { peekLink } from '@/lib/accounts/peek-link'
import { startSession } from '@/lib/accounts/sessions'
import { db, transaction } from '@/lib/db/client'
import { patiently } from '@/tests/support/accounts/busy'
import { idOf, logInAs, redeem, resetTokenOf } from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const crowd = Array.from({ length: 32 }, (_, index) => index)

test('of 32 redemptions of one link at once, one wins and its password holds', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  const passwords = crowd.map((index) => `Un-n0uveau secret ${index}`)

  // Five of one link are weighed at a time; who finds no room asks again, as a person would.
  const results = await Promise.all(passwords.map((newPassword) => redeemPatiently(token, person, newPassword)))

  const winners = passwords.filter((_, index) => results[index]?.ok)
  expect(winners).toHaveLength(1)
  for (const password of winners) expect(await logInAs({ ...person, password })).toMatchObject({ ok: true })
  expect(await peekLink('reset-password', token)).toBe('used')
  const client = await db()
  const accountId = await idOf(person)
  expect(await client.event.count({ where: { accountId, name: 'authn_password_change' } })).toBe(1)
  expect(
    await client.mail.count({ where: { kind: 'password_changed', data: { path: ['accountId'], equals: accountId } } }),
  ).toBe(1)
})

test('of many right answers for one link at once, none is told that the link does not serve while it does', async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await joinAs()
    const token = await resetTokenOf(person)
    const weak = await Promise.all(crowd.map(() => redeem(token, person, 'weak').catch((error: Error) => error.name)))
    const told = weak.map((answer) => (typeof answer === 'string' ? answer : !answer.ok && answer.code))
    expect([...new Set(told)].sort()).toEqual(['BusyError', 'weak_password'])
    expect(await peekLink('reset-password', token)).toBe('live')
    expect(await redeem(token, person, newPassword)).toEqual({ ok: true })
  }
})

test('of 32 wrong guesses of the details at once, five count and the link is dead', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  const wrong = { ...person, firstName: 'Mallory' }
  const results = await Promise.all(crowd.map(() => patiently(() => redeem(token, wrong, newPassword))))
  expect(results.filter((result) => !result.ok && result.code === 'identity_mismatch')).toHaveLength(4)
  const rows = await (await db()).token.findMany({ where: { sentTo: person.email, purpose: 'password_reset' } })
  expect(rows.map(({ attempts, endReason }) => ({ attempts, endReason }))).toEqual([
    { attempts: 5, endReason: 'too_many_attempts' },
  ])
  expect(await redeem(token, person, newPassword)).toMatchObject({ code: 'link_unusable' })
})

test('a sign-in that verified the old password leaves no session when a reset commits meanwhile', async () => {
  for (let round = 0; round < 20; round += 1) {
    const person = await joinAs()
    const accountId = await idOf(person)
    const passwordHash = await hashPassword(newPassword)
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
    const person = await joinAs()
    await askForResetAs(person)
    const token = await mailedToken(person, 'reset-password')
    await Promise.all([redeem(token, person, newPassword), logInAs(person), logInAs(person)])
  }
  const stale = await (await db()).$queryRaw`
    SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(stale).toEqual([])
})

function redeemPatiently(token: string, person: Person, newPassword: string) {
  return patiently(() => redeem(token, person, newPassword))
}
