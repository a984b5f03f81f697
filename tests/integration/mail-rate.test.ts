import { beforeEach, expect, test } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { mailPolicy } from '@/lib/accounts/policy'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { takeTurn } from '@/lib/rate-limit'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { newCaller } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { startProgram } from '@/tests/support/program'
import { useResend, useService } from '@/tests/support/service'

const resend = await useResend()
delete process.env.RESEND_PER_SECOND
useService('postgres')

const spacingMs = 250
/** A timer counts whole milliseconds, and may begin with one that is nearly over. */
const timerMs = 2
const worker = `
  import { deliverDueMail } from '@/lib/accounts/notifier'
  import { db } from '@/lib/db/client'
  import { composeMail } from '@/lib/mail/compose'
  import { sampleEnvelope, sampleLetter } from '@/tests/support/mail-samples'
  await composeMail(sampleEnvelope(sampleLetter('verify_address')))
  await db()
  console.log(Date.now())
  await deliverDueMail()
  process.exit()`

beforeEach(async () => {
  const client = await db()
  await client.mail.deleteMany()
  await client.rateLimit.deleteMany()
})

test('two workers in two processes together hand over no more than four mails a second', async () => {
  for (let mails = 0; mails < 8; mails += 1) await askForAccount()
  const workers = [startProgram(worker), startProgram(worker)]
  const begun = Math.min(...(await Promise.all(workers.map(async ({ line }) => Number(await line())))))
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0])

  const arrivals = resend.requests.map(({ at }) => at - begun).sort((a, b) => a - b)
  expect(arrivals).toHaveLength(8)
  for (const [place, arrival] of arrivals.entries())
    expect(arrival, `the mail at place ${place}`).toBeGreaterThanOrEqual(place * spacingMs - timerMs)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'sent', attempts: 1 } })).toBe(8)
  expect(await client.rateLimit.findMany({ where: { key: { startsWith: 'mail:' } } })).toMatchObject([{ hits: 8 }])
}, 120_000)

test('of any number who ask at once, those get a turn whose turn comes within two seconds, one each quarter of a second', async () => {
  const client = await db()
  const begun = await clock()
  const patienceMs = mailPolicy.turnPatienceMs
  const waits = await Promise.all(Array.from({ length: 32 }, () => takeTurn(client, 'test', { spacingMs, patienceMs })))
  const ended = await clock()

  const turns = waits.filter((wait) => wait !== null)
  expect(turns.length).toBeGreaterThanOrEqual(9)
  expect(turns.length).toBeLessThanOrEqual(9 + Math.ceil((ended - begun) / spacingMs))
  for (const wait of turns) expect(wait).toBeLessThanOrEqual(patienceMs)
  const [row] = await client.rateLimit.findMany({ where: { key: { startsWith: 'test:' } } })
  expect(row?.endsAt.getTime()).toBeGreaterThanOrEqual(begun + turns.length * spacingMs)
})

test('the turn of a mail is a quarter of a second after the one before, whoever had that', async () => {
  await askForAccount()
  await deliverDueMail()
  await askForAccount()
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() + interval '1900 milliseconds' WHERE "key" LIKE 'mail:%'`
  const before = await turns()
  await deliverDueMail()
  expect(resend.requests).toHaveLength(2)
  expect(resend.requests[1]?.at).toBeGreaterThanOrEqual(before - timerMs)
  expect((await turns()) - before).toBe(spacingMs)
})

test('a mail that can have no turn keeps its place, and no attempt counts', async () => {
  const people = [await askForAccount(), await askForAccount(), await askForAccount()]
  const before = await waiting()
  await takeAllTurns()
  for (let sweeps = 0; sweeps < 10; sweeps += 1) expect(await deliverDueMail()).toBe(0)
  expect(resend.requests).toHaveLength(0)
  expect(await waiting()).toEqual(before)

  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'mail:' } } })
  expect(await deliverDueMail()).toBe(3)
  expect(resend.mails.map(({ to }) => to)).toEqual(people.map(({ email }) => [email]))
})

test('a mail that is for nobody needs no turn', async () => {
  const person = await askForAccount()
  await (await db()).$executeRaw`UPDATE "Mail" SET "kind" = 'password_reset'`
  await takeAllTurns()
  expect(await deliverDueMail()).toBe(1)
  expect(await (await db()).mail.count({ where: { state: 'dropped' } })).toBe(1)
  expect(JSON.stringify(resend.requests)).not.toContain(person.email)
})

test('mails are handed over in the order in which they were asked for, but for those that failed', async () => {
  const people = []
  for (let mails = 0; mails < 8; mails += 1) people.push(await askForAccount())
  resend.behave([behaviours.dailyQuotaExceeded])
  await deliverDueMail()
  const [, ...others] = people.map(({ email }) => [email])
  expect(resend.mails.map(({ to }) => to)).toEqual(others)
})

async function askForAccount() {
  const person = newPerson()
  await signUp(signUpSchema.parse(person), newCaller(), 'fr')
  return person
}

async function takeAllTurns(): Promise<void> {
  const client = await db()
  const taken = await takeTurn(client, 'mail', { spacingMs: 3_600_000, patienceMs: 0 })
  expect(taken).toBe(0)
}

/** When the turns that were taken end. */
async function turns(): Promise<number> {
  const [row] = await (await db()).rateLimit.findMany({ where: { key: { startsWith: 'mail:' } } })
  return row?.endsAt.getTime() ?? 0
}

async function waiting() {
  const select = { id: true, attempts: true, leasedUntil: true, nextAttemptAt: true, state: true }
  return (await db()).mail.findMany({ where: { state: 'waiting' }, select, orderBy: { createdAt: 'asc' } })
}

async function clock(): Promise<number> {
  const [row] = await (await db()).$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS "now"`
  return row.now.getTime()
}
