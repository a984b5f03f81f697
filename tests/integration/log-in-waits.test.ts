import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db, transaction } from '@/lib/db/client'
import { attempt, forgive } from '@/lib/failures'
import { guesses } from '@/lib/limits'
import { pseudonym } from '@/lib/secrets'
import { endure, pass, rowsOf, tried, triedBy, uses } from '@/tests/support/accounts/limits'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const minute = { max: 2, seconds: 60 }

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
  expect(await rowsOf(subject)).toEqual(
    before.map((row) => (row.key.startsWith('test:') ? { ...row, allowed: false } : row)),
  )
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
  await forgive(await db(), ['test'], pseudonym(one))
  expect([await tried(one), await tried(other)]).toEqual([true, false])
  expect(await uses(one, [minute], 1)).toBe(0)
  await forgive(await db(), ['test'], randomUUID())
})

/** One failure that may be tried, and the wait in seconds that it brings. */
async function fail(subject: string): Promise<number | null> {
  return transaction(async (tx) => {
    expect(await attempt(tx, triedBy(subject), guesses.log_in)).not.toBeNull()
    const [row] = await tx.$queryRaw<{ wait: number | null }[]>`
      SELECT extract(epoch FROM "blockedUntil" - now())::float8 AS "wait" FROM "RateLimit" WHERE "key" = ${`test:${pseudonym(subject)}`}`
    return row?.wait ?? null
  })
}
