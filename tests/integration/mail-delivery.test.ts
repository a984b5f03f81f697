import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { finishMail, leaseDueMail } from '@/lib/mail/outbox'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { ageLeases, getMail, tryAgain, waitSetBy } from '@/tests/support/accounts/outbox'
import { askToJoinAs, signUpAs } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

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

test('a mail that the provider has taken is sent, though it gave another the same id', async () => {
  await askToJoinAs()
  await askToJoinAs()
  const client = await db()
  const mails = await client.mail.findMany({ select: { id: true } })
  for (const { id } of mails) expect(await finishMail(client, id, 'sent', 'always-the-same')).toBe(true)
  const kept = await client.mail.findMany({ select: { state: true, providerId: true }, orderBy: { providerId: 'asc' } })
  expect(kept).toEqual([
    { state: 'sent', providerId: 'always-the-same' },
    { state: 'sent', providerId: null },
  ])
})

test('a mail that waits is not tried before its time', async () => {
  resend.behave([behaviours.serverError])
  await signUpAs()
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 minute'`
  expect(await deliverDueMail()).toBe(0)
  expect(resend.requests).toHaveLength(1)
})

test('a provider that asks for seven seconds gets at least seven', async () => {
  resend.behave(behaviours.rateLimited(7))
  for (let round = 0; round < 12; round += 1) {
    const { atLeast, atMost } = await waitSetBy(() => signUpAs())
    await (await db()).mailTrouble.deleteMany()
    expect(atMost).toBeGreaterThanOrEqual(7_000)
    expect(atLeast).toBeLessThanOrEqual(10_500)
  }
})

test('a used up quota waits for an hour at least, and the mail is kept', async () => {
  resend.behave([behaviours.dailyQuotaExceeded])
  const { atMost } = await waitSetBy(() => signUpAs())
  expect(atMost).toBeGreaterThanOrEqual(3_600_000)
  await tryAgain()
  expect(resend.mails).toHaveLength(1)
})

test('a provider that hangs is given up after eight seconds, and a later attempt delivers', async () => {
  resend.behave([behaviours.hang])
  await signUpAs()
  expect(resend.requests.map(({ status }) => status)).toEqual([null])
  expect(await getMail()).toMatchObject({ state: 'waiting', attempts: 1, leasedUntil: null })
  await tryAgain()
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a mail that was accepted but not acknowledged is sent again and arrives once', async () => {
  resend.behave([behaviours.acceptThenDestroy])
  await signUpAs()
  expect(await getMail()).toMatchObject({ state: 'waiting' })
  await tryAgain()
  expect(resend.requests).toHaveLength(2)
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', providerId: resend.mails[0]?.id })
})

test('a mail that the provider refuses as it is, is abandoned at once', async () => {
  resend.behave([behaviours.invalid])
  await signUpAs()
  expect(await getMail()).toMatchObject({ state: 'abandoned', attempts: 1, data: null, sentTo: null, providerId: null })
  expect(await tryAgain()).toBe(0)
  expect(resend.requests).toHaveLength(1)
})

test('a mail that is younger than was asked for is left for whoever comes later', async () => {
  await askToJoinAs()
  expect(await deliverDueMail(60_000)).toBe(0)
  await (await db()).$executeRaw`UPDATE "Mail" SET "createdAt" = now() - interval '1 minute'`
  expect(await deliverDueMail(60_000)).toBe(1)
})

test('an undecided mail of a worker that died is taken up when its minute is over', async () => {
  const person = await askToJoinAs()
  expect(await leaseDueMail()).toHaveLength(1)
  await ageLeases(45)
  expect(await deliverDueMail()).toBe(0)
  await ageLeases(15)
  expect(await deliverDueMail()).toBe(1)
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email]])
})

test('a mail that was sent by a worker that died before noting it is sent again as the same and arrives once', async () => {
  resend.behave([behaviours.acceptThenDestroy])
  await signUpAs()
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  expect(await leaseDueMail()).toHaveLength(1)
  expect(await deliverDueMail()).toBe(0)
  await ageLeases(60)
  expect(await deliverDueMail()).toBe(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(resend.mails).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'sent', attempts: 3 })
})
