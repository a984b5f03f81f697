import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { PrismaClient } from '@/lib/db/generated/client'
import { attempt } from '@/lib/failures'
import { guesses, limits } from '@/lib/limits'
import { consume } from '@/lib/rate-limit'
import { endure, pass, rowsOf, tried, triedBy, uses } from '@/tests/support/accounts/limits'
import { useService } from '@/tests/support/vitest/use-service'

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
    mails.push(await uses(subject, limits.reset_mail, 3))
    await pass(subject, 600)
  }
  expect(mails).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  await pass(subject, 86_400)
  expect(await uses(subject, limits.reset_mail, 3)).toBe(1)
})

test('subjects and actions do not share a window', async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const client = await db()
  await uses(one, [minute], 9)
  expect(await uses(other, [minute], 1)).toBe(1)
  expect(await consume(client, 'another', one, [minute])).toBe(true)
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
  await expect(attempt(client, triedBy('anybody'), guesses.log_in)).rejects.toThrow()
  await client.$disconnect()
})
