import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { ageLeases, getMail, tryAgain } from '@/tests/support/accounts/outbox'
import { askForLinkAs, askForResetAs, askToJoinAs, signUpAs } from '@/tests/support/accounts/people'
import { joinThrough } from '@/tests/support/accounts/sent-mail'
import { newPerson } from '@/tests/support/person'
import { holdCredentials } from '@/tests/support/postgres/held-credentials'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('of four workers at once each mail is taken by one, decided once and sent once', async () => {
  const strangers = Array.from({ length: 12 }, () => newPerson())
  const members = [await joinThrough(resend), await joinThrough(resend), await joinThrough(resend)]
  for (const person of members) await askForLinkAs(person)
  for (const person of strangers) await askToJoinAs(person)

  const taken = await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))

  const everybody = [...strangers, ...members].map(({ email }) => email)
  expect(taken.reduce((sum, count) => sum + count)).toBe(15)
  expect(resend.requests).toHaveLength(15)
  expect(resend.mails.flatMap(({ to }) => to).sort()).toEqual(everybody.sort())
  const client = await db()
  expect(await client.mail.count({ where: { state: 'sent', attempts: 1 } })).toBe(15)
  expect(await client.token.count({ where: { sentTo: { in: everybody }, endedAt: null, usedAt: null } })).toBe(15)
})

test('a worker that is slower than its lease and the one that took over decide a mail once', async () => {
  const person = await joinThrough(resend)
  await askForLinkAs(person)
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const held = await holdCredentials(process.env.DATABASE_URL ?? '')
  const slow = deliverDueMail()
  await held.waiters(1)
  await ageLeases(60)
  const second = deliverDueMail()
  await held.waiters(2)
  await held.release()
  await Promise.all([slow, second])

  expect(complaints).toHaveBeenCalledTimes(1)
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email]])
  expect(await getMail()).toMatchObject({ state: 'sent', providerId: resend.mails[0]?.id })
})

test('once decided a mail keeps neither claim nor password hash, and once finished not even the address', async () => {
  const person = newPerson()
  resend.behave([behaviours.serverError])
  await signUpAs(person)
  const decided = await getMail()
  expect(decided).toMatchObject({ state: 'waiting', template: 'verify_address', sentTo: person.email })
  for (const secret of ['$argon2', person.firstName, person.lastName, person.password])
    expect(JSON.stringify(decided)).not.toContain(secret)

  await tryAgain()
  expect(await getMail()).toMatchObject({ state: 'sent', data: null, sentTo: null })
})

test('a request that concerns nobody ends without a mail, and nothing of it is kept', async () => {
  await askForResetAs(newPerson())
  expect(await getMail()).toMatchObject({ state: 'dropped', data: null, sentTo: null, accountId: null, template: null })
  expect(resend.requests).toHaveLength(0)
})

test('a mail is sent as it was decided, whatever became of the account since', async () => {
  const person = await joinThrough(resend)
  resend.behave([behaviours.serverError])
  await askForResetAs(person)
  await (await db()).account.updateMany({ where: { email: person.email }, data: { locale: 'en', country: 'JP' } })
  await tryAgain()
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
})
