import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { listKeys, rotateKeys, signingKeys, tendKeys } from '@/lib/apps/keys'
import { db, transaction } from '@/lib/db/client'
import { appPolicy } from '@/lib/policy'
import { keysRotate } from '@/scripts/commands/keys'
import { operator } from '@/tests/support/accounts/operators'
import { age, kids } from '@/tests/support/apps/keys'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys

beforeEach(async () => {
  await (await db()).signingKey.deleteMany()
})

test('of many processes that need the first keys at once all sign with the same', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => signingKeys()))
  expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(made[0]?.keys).toHaveLength(1)
})

test('the next key is published a day before it signs, and the one before stays for a month', async () => {
  const first = await kids()
  await tendKeys()
  expect(await kids()).toEqual(first)
  await age(rotateSeconds + 3_600)
  await Promise.all([tendKeys(), tendKeys(), tendKeys()])
  const both = await kids()
  expect(both).toHaveLength(2)
  expect(both[0]).toBe(first[0])
  await age(publishedAheadSeconds)
  await tendKeys()
  expect(await kids()).toEqual(both.toReversed())
  await age(keptSeconds + 3_600)
  await tendKeys()
  expect(await kids()).toEqual(both.slice(1))
})

test('an operator has the next keys made before their time, once', async () => {
  const rotate = () => keysRotate.run({ parameter: '', options: {}, operator })
  await expect(rotate()).rejects.toMatchObject({ code: 'none' })
  const first = await kids()
  await rotate()
  await expect(rotate()).rejects.toMatchObject({ code: 'published' })
  expect((await kids())[0]).toBe(first[0])
  expect(await kids()).toHaveLength(2)
})

test('of each key it is listed what it does, and until when a former one is published', async () => {
  await kids()
  const doing = async () => (await listKeys()).map(({ does }) => does)
  expect(await doing()).toEqual(['signs'])
  await rotateKeys({ atOnce: false })
  expect(await doing()).toEqual(['next', 'signs'])
  await age(publishedAheadSeconds)
  expect(await doing()).toEqual(['signs', 'former'])
  const [signs, former] = await listKeys()
  expect(signs?.publishedUntil).toBeNull()
  expect(Number(former?.publishedUntil) - Number(signs?.validFrom)).toBe(keptSeconds * 1_000)
  await age(keptSeconds + 3_600)
  await tendKeys()
  expect(await doing()).toEqual(['signs'])
})

test('keys that leaked are gone at once', async () => {
  const first = await kids()
  await rotateKeys({ atOnce: true })
  const now = await kids()
  expect(now).toHaveLength(1)
  expect(now.some((kid) => first.includes(kid))).toBe(false)
})

test('no key that leaked comes back from who seals it anew at the same moment', async () => {
  const [leaked] = await kids()
  const { sealed, validFrom } = await (await db()).signingKey.findFirstOrThrow()
  let rotated = Promise.resolve<unknown>(undefined)
  await transaction(async (tx) => {
    await tx.signingKey.create({ data: { id: leaked ?? '', sealedBy: 'another secret', sealed, validFrom } })
    rotated = rotateKeys({ atOnce: true })
    await sleep(500)
  })
  await rotated
  expect(await (await db()).signingKey.count({ where: { id: leaked ?? '' } })).toBe(0)
})

test('no private key rests where the database alone opens it', async () => {
  const { keys } = await signingKeys()
  const rows = JSON.stringify(await (await db()).signingKey.findMany())
  for (const { d } of keys) expect(rows).not.toContain(d)
})
