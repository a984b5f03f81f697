import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rotateKeys, signingKeys, tendKeys } from '@/lib/apps/keys'
import { db } from '@/lib/db/client'
import { appPolicy } from '@/lib/policy'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys

beforeEach(async () => {
  await (await db()).signingKey.deleteMany()
})

afterEach(forgetEnv)

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
  const first = await kids()
  expect(await rotateKeys({ atOnce: false })).toBe(true)
  expect(await rotateKeys({ atOnce: false })).toBe(false)
  expect((await kids())[0]).toBe(first[0])
  expect(await kids()).toHaveLength(2)
})

test('keys that leaked are gone at once', async () => {
  const first = await kids()
  expect(await rotateKeys({ atOnce: true })).toBe(true)
  const now = await kids()
  expect(now).toHaveLength(1)
  expect(now.some((kid) => first.includes(kid))).toBe(false)
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

test('no private key rests where the database alone opens it', async () => {
  const { keys } = await signingKeys()
  const rows = JSON.stringify(await (await db()).signingKey.findMany())
  for (const { d } of keys) expect(rows).not.toContain(d)
})

async function kids(): Promise<string[]> {
  const { keys } = await signingKeys()
  return keys.map(({ kid }) => kid)
}

/** As if the keys were so much older. */
async function age(seconds: number): Promise<void> {
  await (await db())
    .$executeRaw`UPDATE "SigningKey" SET "validFrom" = "validFrom" - ${seconds}::int * interval '1 second'`
}

function useSecrets(present: string, former?: string): void {
  vi.stubEnv('APP_SECRET', present)
  vi.stubEnv('APP_SECRET_PREVIOUS', former)
  forgetEnv()
}

function forgetEnv(): void {
  delete (globalThis as { __metamotsEnv?: unknown }).__metamotsEnv
}

function newSecret(): string {
  return randomBytes(32).toString('base64')
}
