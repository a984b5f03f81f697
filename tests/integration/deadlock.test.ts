import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ask, db, transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('of two transactions that wait for each other the database ends one, which is repeated, and both are done', async () => {
  const rows = await twoRows()
  let begun = 0
  const add = (first: string, second: string) =>
    transaction(async (tx) => {
      begun += 1
      await tx.$executeRaw(addingTo(first))
      await sleep(300)
      await tx.$executeRaw(addingTo(second))
    })
  await Promise.all([add(...rows), add(rows[1], rows[0])])
  expect(begun).toBe(3)
  expect(await hitsOf(rows)).toEqual([2, 2])
})

test('so it is with a statement that stands by itself', async () => {
  const [one, other] = await twoRows()
  const addToBoth = Prisma.sql`
    WITH added AS (${addingTo(other)} RETURNING pg_sleep(0.3)) ${addingTo(one)} AND EXISTS (SELECT FROM added)`
  let asked: Promise<unknown> | null = null
  await transaction(async (tx) => {
    await tx.$executeRaw(addingTo(one))
    asked ??= ask(addToBoth)
    await sleep(100)
    await tx.$executeRaw(addingTo(other))
  })
  await asked
  expect(await hitsOf([one, other])).toEqual([2, 2])
})

async function twoRows(): Promise<[string, string]> {
  const client = await db()
  const keys: [string, string] = [randomUUID(), randomUUID()]
  const endsAt = new Date(Date.now() + 60_000)
  await client.rateLimit.createMany({ data: keys.map((key) => ({ key, hits: 0, endsAt })) })
  return keys
}

function addingTo(key: string): Prisma.Sql {
  return Prisma.sql`UPDATE "RateLimit" SET "hits" = "hits" + 1 WHERE "key" = ${key}`
}

async function hitsOf(keys: string[]): Promise<number[]> {
  const rows = await (await db()).rateLimit.findMany({ where: { key: { in: keys } } })
  return rows.map(({ hits }) => hits)
}
