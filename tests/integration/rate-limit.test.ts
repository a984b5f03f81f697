import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { expect, test, vi } from 'vitest'
import { limits, logInBackoff } from '@/lib/accounts/policy'
import { db, transaction } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'
import { pseudonym } from '@/lib/keys'
import { attempt, consume, forgive } from '@/lib/rate-limit'
import { endure, pass, rowsOf } from '@/tests/support/limits'
import { useService } from '@/tests/support/service'

useService('postgres')

const minute = { max: 2, seconds: 60 }
const hour = { max: 3, seconds: 3_600 }

test('a window lets its number through and opens again when it ends by the clock of the database', async () => {
  const subject = randomUUID()
  expect(await uses(subject, [minute], 4)).toBe(2)
  await pass(subject, 58)
  expect(await uses(subject, [minute], 1)).toBe(0)
  await pass(subject, 2)
  expect(await uses(subject, [minute], 4)).toBe(2)
})

test('what is refused does not lengthen a window', async () => {
  const subject = randomUUID()
  await uses(subject, [minute], 2)
  const end = await rowsOf(subject)
  await uses(subject, [minute], 50)
  expect((await rowsOf(subject)).map(({ endsAt }) => endsAt)).toEqual(end.map(({ endsAt }) => endsAt))
})

test('all windows of a limit hold, in whichever order they are named', async () => {
  for (const windows of [
    [minute, hour],
    [hour, minute],
  ]) {
    const subject = randomUUID()
    expect(await uses(subject, windows, 4)).toBe(2)
    await pass(subject, 61)
    expect(await uses(subject, windows, 4)).toBe(1)
    await pass(subject, 61)
    expect(await uses(subject, windows, 4)).toBe(0)
    await pass(subject, 3_600)
    expect(await uses(subject, windows, 4)).toBe(2)
  }
})

test('whoever asks three times every ten minutes still gets three reset mails an hour and five a day', async () => {
  const subject = randomUUID()
  const mails: number[] = []
  for (let round = 0; round < 18; round += 1) {
    mails.push(await uses(subject, limits.resetMailPerAccount, 3))
    await pass(subject, 600)
  }
  expect(mails).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  await pass(subject, 86_400)
  expect(await uses(subject, limits.resetMailPerAccount, 3)).toBe(1)
})

test('subjects and actions do not share a window', async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const client = await db()
  await uses(one, [minute], 9)
  expect(await uses(other, [minute], 1)).toBe(1)
  expect(await consume(client, 'another', one, [minute])).toBe(true)
})

test('failures are free five times, then the wait doubles from a second to a quarter of an hour', async () => {
  const subject = randomUUID()
  const waits: (number | null)[] = []
  for (let failure = 1; failure <= 18; failure += 1) {
    waits.push(await fail(subject))
    await endure(subject, 900)
  }
  expect(waits).toEqual([null, null, null, null, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900])
})

test('during a wait every attempt is refused, and none lengthens it', async () => {
  const subject = randomUUID()
  for (let failure = 1; failure <= 8; failure += 1) {
    await fail(subject)
    await endure(subject, 8)
  }
  expect(await fail(subject)).toBe(16)
  const before = await rowsOf(subject)
  for (let tries = 0; tries < 20; tries += 1) expect(await tried(subject)).toBe(false)
  expect(await rowsOf(subject)).toEqual(before.map((row) => ({ ...row, allowed: false })))
  await endure(subject, 14)
  expect(await tried(subject)).toBe(false)
  await endure(subject, 2)
  expect(await tried(subject)).toBe(true)
})

test('after twenty-five failures of a day nothing is tried until the day is over', async () => {
  const subject = randomUUID()
  for (let failure = 1; failure <= 25; failure += 1) {
    expect(await tried(subject)).toBe(true)
    await endure(subject, 900)
  }
  expect(await tried(subject)).toBe(false)
  await pass(subject, 86_000)
  expect(await tried(subject)).toBe(false)
  await pass(subject, 400)
  expect([await fail(subject), await fail(subject)]).toEqual([null, null])
})

test('to forgive is to forget all failures of one subject, and nothing else', async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  for (const subject of [one, other]) for (let failure = 1; failure <= 5; failure += 1) await tried(subject)
  await endure(other, -60)
  await uses(one, [minute], 9)
  await forgive(await db(), 'test', one)
  expect([await tried(one), await tried(other)]).toEqual([true, false])
  expect(await uses(one, [minute], 1)).toBe(0)
  await forgive(await db(), 'test', randomUUID())
})

test('the clock of this machine counts for nothing', async () => {
  const subject = randomUUID()
  await uses(subject, [minute], 2)
  for (let failure = 1; failure <= 5; failure += 1) await tried(subject)
  await endure(subject, -60)
  for (const hours of [-48, 48]) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 })
    expect([await uses(subject, [minute], 1), await tried(subject)]).toEqual([0, false])
    vi.useRealTimers()
  }
})

test('what is kept names nobody', async () => {
  const subject = `${randomUUID()}@example.org`
  await uses(subject, [minute, hour], 1)
  await tried(subject)
  const rows = await (await db()).rateLimit.findMany()
  expect(JSON.stringify(rows)).not.toContain(subject.slice(0, 8))
  for (const { key } of rows) expect(key).toMatch(/^[a-z_]+(:\d+)?:[\w-]{22}$/)
})

test('without a database nobody is let through', async () => {
  const adapter = new PrismaPg({
    connectionString: 'postgresql://nobody@127.0.0.1:1/none',
    connectionTimeoutMillis: 500,
  })
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' })
  await expect(consume(client, 'test', 'anybody', [minute])).rejects.toThrow()
  await expect(attempt(client, 'test', 'anybody', logInBackoff)).rejects.toThrow()
  await client.$disconnect()
})

async function uses(subject: string, windows: readonly { max: number; seconds: number }[], times: number) {
  const client = await db()
  let allowed = 0
  for (let use = 0; use < times; use += 1) if (await consume(client, 'test', subject, windows)) allowed += 1
  return allowed
}

async function tried(subject: string): Promise<boolean> {
  return attempt(await db(), 'test', subject, logInBackoff)
}

/** One failure that may be tried, and the wait in seconds that it brings. */
async function fail(subject: string): Promise<number | null> {
  return transaction(async (tx) => {
    expect(await attempt(tx, 'test', subject, logInBackoff)).toBe(true)
    const [row] = await tx.$queryRaw<{ wait: number | null }[]>`
      SELECT extract(epoch FROM "blockedUntil" - now())::float8 AS "wait" FROM "RateLimit" WHERE "key" = ${`test:${pseudonym(subject)}`}`
    return row?.wait ?? null
  })
}
