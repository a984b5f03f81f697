import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { purge } from '@/lib/worker/retention'
import { redeem } from '@/tests/support/accounts/changes'
import { clock, getMail, passTime, tryAgain } from '@/tests/support/accounts/outbox'
import { askForLinkAs, askForResetAs, askToJoinAs, signUpAs } from '@/tests/support/accounts/people'
import { joinThrough, sentToken } from '@/tests/support/accounts/sent-mail'
import { newPerson } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
process.env.RESEND_DAILY_QUOTA = '11'
useService('postgres')

beforeEach(async () => {
  const client = await db()
  await client.mail.deleteMany()
  await client.rateLimit.deleteMany()
})

test('of a day’s quota four fifths are used, a fifth of that for resets and notices alone; then mail waits undecided and that is logged once', async () => {
  const written = vi.spyOn(process.stdout, 'write')
  const alarms = () => written.mock.calls.filter(([line]) => String(line).includes('mail_daily_cap_reached')).length
  const owner = await joinThrough(resend)
  for (let mails = 0; mails < 10; mails += 1) await askToJoinAs()
  for (let sweeps = 0; sweeps < 5; sweeps += 1) await deliverDueMail()
  expect(resend.mails).toHaveLength(6)
  expect(alarms()).toBe(1)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', attempts: 0, template: null } })).toBe(4)

  await askForResetAs(owner)
  expect(await redeem(sentToken(resend, 'reset-password'), owner)).toEqual({ ok: true })
  await deliverDueMail()
  expect(resend.mails.slice(6).flatMap(({ to }) => to)).toEqual([owner.email, owner.email])
  await askForResetAs({ ...owner })
  expect(resend.mails).toHaveLength(8)

  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '1439 minutes'`
  expect(await deliverDueMail()).toBe(0)
  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '1441 minutes' WHERE "state" = 'sent'`
  await client.$executeRaw`DELETE FROM "RateLimit" WHERE "key" LIKE 'reset_mail:%'`
  expect(await deliverDueMail()).toBe(5)
  expect(resend.mails).toHaveLength(13)
  expect(alarms()).toBe(1)
})

test('however many workers there are at once, the quota is kept to the mail, and what is kept for resets stays', async () => {
  const owner = await joinThrough(resend)
  for (let mails = 0; mails < 24; mails += 1) await askToJoinAs()
  await Promise.all([1, 2, 3, 4, 5, 6].map(() => deliverDueMail()))
  expect(resend.mails).toHaveLength(6)
  await askForResetAs(owner)
  expect(resend.mails.at(-1)?.to).toEqual([owner.email])
})

test('what strangers ask for that is for nobody is decided without any quota of theirs', async () => {
  const client = await db()
  const owner = await joinThrough(resend)
  for (let mails = 0; mails < 6; mails += 1) await signUpAs()
  for (let requests = 0; requests < 30; requests += 1) await askForLinkAs(newPerson())
  await askForLinkAs(owner, { firstName: 'Mallory' })
  await askForLinkAs(owner)
  await deliverDueMail()
  expect(resend.mails.slice(6).flatMap(({ to }) => to)).toEqual([owner.email])
  expect(await client.mail.count({ where: { state: 'dropped' } })).toBe(30)
  expect(await client.mail.findMany({ where: { state: 'waiting' } })).toMatchObject([
    { template: 'request_mismatch', attempts: 0 },
  ])
})

test('a mail that the provider has no quota for loses no attempt, and brings a link with its whole life when it comes', async () => {
  const owner = await joinThrough(resend)
  const refusals = Array.from({ length: 11 }, () => behaviours.dailyQuotaExceeded)
  resend.behave([behaviours.serverError, ...refusals])
  await askForResetAs(owner)
  await tryAgain()
  for (let hours = 0; hours < 10; hours += 1) {
    await passTime(75)
    await purge()
    await tryAgain()
  }
  expect(resend.requests).toHaveLength(12)
  expect(await getMail()).toMatchObject({ state: 'waiting', attempts: 0 })
  await tryAgain()
  expect(resend.mails.flatMap(({ to }) => to)).toEqual([owner.email])
  const [link] = await (await db()).token.findMany({
    where: { sentTo: owner.email, purpose: 'password_reset', endedAt: null },
  })
  const life = (link?.expiresAt.getTime() ?? 0) - (await clock())
  expect(life).toBeGreaterThan(29 * 60_000)
  expect(life).toBeLessThanOrEqual(30 * 60_000)
  expect(await redeem(sentToken(resend, 'reset-password'), owner)).toEqual({ ok: true })
})
