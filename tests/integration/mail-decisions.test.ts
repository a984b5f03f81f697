import { Client } from 'pg'
import { beforeEach, expect, test, vi } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { leaseDueMail } from '@/lib/mail/outbox'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { ageLeases, getMail, tryAgain } from '@/tests/support/outbox'
import { askForReset, claimOf, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { joinThrough } from '@/tests/support/sent-mail'
import { useResend, useService } from '@/tests/support/service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('of four workers at once each mail is taken by one, decided once and sent once', async () => {
  const strangers = Array.from({ length: 12 }, () => newPerson())
  const members = [await joinThrough(resend), await joinThrough(resend), await joinThrough(resend)]
  for (const person of members) await ask(person)
  for (const person of strangers) await signUp(signUpSchema.parse(person), newCaller(), 'fr')

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
  await ask(person)
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const held = await holdCredentials()
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
  await askForReset(newPerson())
  expect(await getMail()).toMatchObject({ state: 'dropped', data: null, sentTo: null, accountId: null, template: null })
  expect(resend.requests).toHaveLength(0)
})

test('a reset asked for right after signing up waits for the account, however late that is decided', async () => {
  const person = newPerson()
  await signUp(signUpSchema.parse(person), newCaller(), 'fr')
  await leaseDueMail(1)
  await askForReset(person)
  expect(resend.requests).toHaveLength(0)

  await ageLeases(60)
  await tryAgain()
  expect(resend.mails.map(({ to, text }) => [to, text.includes('/reset-password/')])).toEqual([
    [[person.email], false],
    [[person.email], true],
  ])
})

test('a sign-up that is still to be decided holds back nothing asked for before it, and nothing of others', async () => {
  const person = await joinThrough(resend)
  const other = await joinThrough(resend)
  resend.reset()
  await ask(person)
  await signUp(signUpSchema.parse(person), newCaller(), 'fr')
  await signUp(signUpSchema.parse(newPerson()), newCaller(), 'fr')
  await ask(other)
  await (await db()).$executeRaw`
    UPDATE "Mail" SET "leasedUntil" = now() + interval '1 minute' WHERE "state" = 'waiting' AND "kind" = 'sign_up'`

  await deliverDueMail()
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email], [other.email]])
})

test('a mail is sent as it was decided, whatever became of the account since', async () => {
  const person = await joinThrough(resend)
  resend.behave([behaviours.serverError])
  await askForReset(person)
  await (await db()).account.updateMany({ where: { email: person.email }, data: { locale: 'en', country: 'JP' } })
  await tryAgain()
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
})

function ask(person: Person) {
  return requestPasswordReset(claimOf(person), newCaller(), 'fr')
}

/** Keeps everybody from the credentials until released; `waiters` waits until so many connections wait for something. */
async function holdCredentials() {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('BEGIN')
  await client.query('LOCK TABLE "Credential" IN EXCLUSIVE MODE')
  const waiting = `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return {
    waiters: (count: number) =>
      vi.waitFor(async () => expect((await client.query(waiting)).rows).toEqual([{ waiting: count }]), { interval: 2 }),
    async release() {
      await client.query('COMMIT')
      await client.end()
    },
  }
}
