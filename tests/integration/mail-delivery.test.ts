import { beforeEach, expect, test } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { leaseDueMail } from '@/lib/mail/outbox'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { ageLeases, getMail, tryAgain, waitSetBy } from '@/tests/support/outbox'
import { newCaller, signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useResend, useService } from '@/tests/support/service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('a provider that fails gets the same bytes under the same key, less and less often, and one mail arrives', async () => {
  const seconds = [2, 8, 30, 60, 120]
  resend.behave(seconds.map(() => behaviours.serverError))
  const person = newPerson()

  for (const [index, expected] of seconds.entries()) {
    const { atLeast, atMost } = await waitSetBy(() => (index === 0 ? signUpAs(person) : tryAgain()))
    expect(atMost).toBeGreaterThanOrEqual(expected * 800)
    expect(atLeast).toBeLessThanOrEqual(expected * 1_200)
  }
  expect(resend.mails).toHaveLength(0)
  await tryAgain()

  const mail = await getMail()
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email]])
  expect(resend.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(6).fill(`mail-${mail.id}`))
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(mail).toMatchObject({ state: 'sent', attempts: 6, providerId: resend.mails[0]?.id })
})

test('a mail that waits is not tried before its time', async () => {
  resend.behave([behaviours.serverError])
  await signUpAs(newPerson())
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 minute'`
  expect(await deliverDueMail()).toBe(0)
  expect(resend.requests).toHaveLength(1)
})

test('a provider that asks for seven seconds gets at least seven', async () => {
  resend.behave(behaviours.rateLimited(7))
  for (let round = 0; round < 12; round += 1) {
    const { atLeast, atMost } = await waitSetBy(() => signUpAs(newPerson()))
    expect(atMost).toBeGreaterThanOrEqual(7_000)
    expect(atLeast).toBeLessThanOrEqual(10_500)
  }
})

test('a used up quota waits for an hour at least, and the mail is kept', async () => {
  resend.behave([behaviours.dailyQuotaExceeded])
  const { atMost } = await waitSetBy(() => signUpAs(newPerson()))
  expect(atMost).toBeGreaterThanOrEqual(3_600_000)
  await tryAgain()
  expect(resend.mails).toHaveLength(1)
})

test('a provider that hangs is given up after eight seconds, and a later attempt delivers', async () => {
  resend.behave([behaviours.hang])
  await signUpAs(newPerson())
  expect(resend.requests.map(({ status }) => status)).toEqual([null])
  expect(await getMail()).toMatchObject({ state: 'waiting', attempts: 1, leasedUntil: null })
  await tryAgain()
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a mail that was accepted but not acknowledged is sent again and arrives once', async () => {
  resend.behave([behaviours.acceptThenDestroy])
  await signUpAs(newPerson())
  expect(await getMail()).toMatchObject({ state: 'waiting' })
  await tryAgain()
  expect(resend.requests).toHaveLength(2)
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', providerId: resend.mails[0]?.id })
})

test('a mail that the provider refuses as it is, is abandoned at once', async () => {
  resend.behave([behaviours.invalid])
  await signUpAs(newPerson())
  expect(await getMail()).toMatchObject({ state: 'abandoned', attempts: 1, data: null, sentTo: null, providerId: null })
  expect(await tryAgain()).toBe(0)
  expect(resend.requests).toHaveLength(1)
})

test('a mail that fails eight times is abandoned', async () => {
  resend.behave(behaviours.serverError)
  await signUpAs(newPerson())
  for (let attempt = 2; attempt <= 8; attempt += 1) expect(await tryAgain()).toBe(1)
  expect(await getMail()).toMatchObject({ state: 'abandoned', attempts: 8, data: null, sentTo: null })
  expect(await tryAgain()).toBe(0)
  expect(resend.requests).toHaveLength(8)
})

test('a mail that is younger than was asked for is left for whoever comes later', async () => {
  await signUp(signUpSchema.parse(newPerson()), newCaller(), 'fr')
  expect(await deliverDueMail(60_000)).toBe(0)
  await (await db()).$executeRaw`UPDATE "Mail" SET "createdAt" = now() - interval '1 minute'`
  expect(await deliverDueMail(60_000)).toBe(1)
})

test('an undecided mail of a worker that died is taken up when its minute is over', async () => {
  const person = newPerson()
  await signUp(signUpSchema.parse(person), newCaller(), 'fr')
  expect(await leaseDueMail()).toHaveLength(1)
  await ageLeases(45)
  expect(await deliverDueMail()).toBe(0)
  await ageLeases(15)
  expect(await deliverDueMail()).toBe(1)
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email]])
})

test('a mail that was sent by a worker that died before noting it is sent again as the same and arrives once', async () => {
  resend.behave([behaviours.acceptThenDestroy])
  await signUpAs(newPerson())
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  expect(await leaseDueMail()).toHaveLength(1)
  expect(await deliverDueMail()).toBe(0)
  await ageLeases(60)
  expect(await deliverDueMail()).toBe(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', attempts: 3 })
})
