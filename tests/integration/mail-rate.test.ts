import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { mailPolicy } from '@/lib/policy'
import { takeTurn } from '@/lib/rate-limit'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { clock } from '@/tests/support/accounts/outbox'
import { askForLinkAs, askToJoinAs } from '@/tests/support/accounts/people'
import { joinThrough } from '@/tests/support/accounts/sent-mail'
import { behaviours } from '@/tests/support/resend/behaviour'
import { startProgram } from '@/tests/support/vitest/program'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
delete process.env.RESEND_PER_SECOND
useService('postgres')

const spacingMs = 250
/** A timer counts whole milliseconds, and may begin with one that is nearly over. */
const timerMs = 2
const worker = `
  import { deliverDueMail } from '@/lib/worker/deliver-mail'
  import { db } from '@/lib/db/client'
  import { composeMail } from '@/lib/mail/compose'
  import { sampleIn, sampleLetter } from '@/tests/support/mail/samples'
  await composeMail(sampleIn(sampleLetter('verify_address')))
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
  for (let mails = 0; mails < 8; mails += 1) await askToJoinAs()
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
  const patienceMs = mailPolicy.turnPatienceMs[1]
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
  await askToJoinAs()
  await deliverDueMail()
  await askToJoinAs()
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() + interval '900 milliseconds' WHERE "key" LIKE 'mail:%'`
  const before = await turns()
  await deliverDueMail()
  expect(resend.requests).toHaveLength(2)
  expect(resend.requests[1]?.at).toBeGreaterThanOrEqual(before - timerMs)
  expect((await turns()) - before).toBe(spacingMs)
})

test('a mail that can have no turn keeps its place, and no attempt counts', async () => {
  const people = [await askToJoinAs(), await askToJoinAs(), await askToJoinAs()]
  const before = await waiting()
  await takeAllTurns()
  for (let sweeps = 0; sweeps < 10; sweeps += 1) expect(await deliverDueMail()).toBe(0)
  expect(resend.requests).toHaveLength(0)
  expect(await waiting()).toEqual(before)

  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'mail:' } } })
  expect(await deliverDueMail()).toBe(3)
  expect(resend.mails.map(({ to }) => to)).toEqual(people.map(({ email }) => [email]))
})

test('where confirmations find no turn any more, a reset still does', async () => {
  const owner = await joinThrough(resend)
  await askToJoinAs()
  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'mail:' } } })
  await takeAllTurns(1_800)
  expect(await deliverDueMail()).toBe(0)
  await askForLinkAs(owner)
  await deliverDueMail()
  expect(resend.mails[0]?.to).toEqual([owner.email])
})

test('a mail that is for nobody needs no turn', async () => {
  const person = await askToJoinAs()
  await (await db()).$executeRaw`UPDATE "Mail" SET "kind" = 'password_reset'`
  await takeAllTurns()
  expect(await deliverDueMail()).toBe(1)
  expect(await (await db()).mail.count({ where: { state: 'dropped' } })).toBe(1)
  expect(JSON.stringify(resend.requests)).not.toContain(person.email)
})

test('mails are handed over in the order in which they were asked for, but for those that failed', async () => {
  const people = []
  for (let mails = 0; mails < 8; mails += 1) people.push(await askToJoinAs())
  resend.behave([behaviours.rateLimited(3_600)])
  await deliverDueMail()
  const [, ...others] = people.map(({ email }) => [email])
  expect(resend.mails.map(({ to }) => to)).toEqual(others)
})

async function takeAllTurns(spacingMs = 3_600_000): Promise<void> {
  const client = await db()
  const taken = await takeTurn(client, 'mail', { spacingMs, patienceMs: 0 })
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
