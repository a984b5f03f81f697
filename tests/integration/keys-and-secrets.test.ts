import { beforeEach, expect, test } from 'vitest'
import { rotateKeys, tendKeys } from '@/lib/apps/keys'
import { addKey } from '@/lib/apps/sealed-keys'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { appPolicy } from '@/lib/policy'
import { age, kids, newSecret, useSecrets } from '@/tests/support/apps/keys'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys

beforeEach(async () => {
  await (await db()).signingKey.deleteMany()
})

test('whoever knows the former secret and whoever knows the new one sign with the same keys, also when the former is forgotten', async () => {
  const [former, present] = [newSecret(), newSecret()]
  useSecrets(former)
  await rotateKeys({ atOnce: true })
  const keys = await kids()
  await age(keptSeconds + 86_400)
  useSecrets(present, former)
  expect(await kids()).toEqual(keys)
  await tendKeys()
  await tendKeys()
  useSecrets(former)
  expect(await kids()).toEqual(keys)
  useSecrets(present)
  expect(await kids()).toEqual(keys)
  useSecrets(newSecret())
  expect((await kids()).some((kid) => keys.includes(kid))).toBe(false)
})

test.each([true, false])(
  'while the secret changes, a key that the new one makes is known to the former one (at once: %s)',
  async (atOnce) => {
    const [former, present] = [newSecret(), newSecret()]
    useSecrets(former)
    await kids()
    useSecrets(present, former)
    await rotateKeys({ atOnce })
    const keys = await kids()
    useSecrets(former)
    expect(await kids()).toEqual(keys)
  },
)

test('of a moment one key is made, whichever secrets are known to those who make it', async () => {
  const [former, present] = [newSecret(), newSecret()]
  const add = async () => addKey(await db(), Prisma.sql`date_trunc('hour', now())`)
  useSecrets(former)
  await add()
  useSecrets(present, former)
  await expect(add()).rejects.toThrow()
  expect(await (await db()).signingKey.count()).toBe(1)
})

test('a secret that is its own former one makes keys too', async () => {
  const secret = newSecret()
  useSecrets(secret, secret)
  expect(await kids()).toHaveLength(1)
})

test('a start with a wrong secret costs no good key, and keeps none from being followed in time', async () => {
  const [right, wrong] = [newSecret(), newSecret()]
  useSecrets(right)
  const [good] = await kids()
  await age(rotateSeconds + 3_600)
  useSecrets(wrong)
  await kids()
  await tendKeys()
  useSecrets(right)
  await tendKeys()
  const both = await kids()
  expect(both).toHaveLength(2)
  expect(both[0]).toBe(good)
  await age(keptSeconds)
  await tendKeys()
  expect(await kids()).toEqual(both.toReversed())
})

test('a key that nobody can open goes at twice the age that keys reach', async () => {
  useSecrets(newSecret())
  await kids()
  await age(2 * (rotateSeconds + publishedAheadSeconds + keptSeconds) + 3_600)
  useSecrets(newSecret())
  const keys = await kids()
  await tendKeys()
  const rows = await (await db()).signingKey.findMany()
  expect(rows.map(({ id }) => id)).toEqual(keys)
})
