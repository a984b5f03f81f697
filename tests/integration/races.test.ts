import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { hashPassword } from '@/lib/accounts/hashing'
import { signUpSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset, redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { startSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { db, transaction } from '@/lib/db/client'
import { attempt, consume } from '@/lib/rate-limit'
import { migrate } from '@/prisma/migrate'
import { createTestDatabase } from '@/tests/support/database'
import { askForReset, claimOf, join, mailedToken, mailsTo, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

const crowd = Array.from({ length: 32 }, (_, index) => index)

test('of 32 redemptions of one link at once, one wins and its password holds', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const passwords = crowd.map((index) => `Un-n0uveau secret ${index}`)

  // Five of one link are weighed at a time; who finds no room asks again, as a person would.
  const results = await Promise.all(passwords.map((newPassword) => redeemPatiently(token, person, newPassword)))

  const winners = passwords.filter((_, index) => results[index]?.ok)
  expect(winners).toHaveLength(1)
  for (const password of winners) expect(await logInAs({ ...person, password })).toMatchObject({ ok: true })
  expect(await peekPasswordReset(token)).toBe('used')
  const client = await db()
  const accountId = await idOf(person)
  expect(await client.event.count({ where: { accountId, name: 'authn_password_change' } })).toBe(1)
  expect(
    await client.mail.count({ where: { kind: 'password_changed', data: { path: ['accountId'], equals: accountId } } }),
  ).toBe(1)
})

test('of 32 wrong guesses of the details at once, five count and the link is dead', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const wrong = { ...person, firstName: 'Mallory' }
  const results = await Promise.all(crowd.map(() => redeem(token, wrong, 'Un-n0uveau secret')))
  expect(results.filter((result) => !result.ok && result.code === 'identity_mismatch')).toHaveLength(4)
  const rows = await (await db()).token.findMany({ where: { sentTo: person.email, purpose: 'password_reset' } })
  expect(rows.map(({ attempts, endReason }) => ({ attempts, endReason }))).toEqual([
    { attempts: 5, endReason: 'too_many_attempts' },
  ])
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
})

test('a sign-in that verified the old password leaves no session when a reset commits meanwhile', async () => {
  for (let round = 0; round < 20; round += 1) {
    const person = await join(newPerson())
    const accountId = await idOf(person)
    const passwordHash = await hashPassword('Un-n0uveau secret')
    let started: Promise<string | null> | undefined
    await transaction(async (tx) => {
      await lockAccount(tx, accountId)
      await replacePassword(tx, accountId, passwordHash, newCaller(), 'fr', 'password_reset')
      started = (async () => startSession(await db(), accountId, 1, newCaller().device))()
      await new Promise((resolve) => setTimeout(resolve, round))
    })
    expect(await started).toBeNull()
    expect(await (await db()).session.count({ where: { accountId } })).toBe(0)
  }
})

test('signing in and resetting at once never leaves a session older than the credential', async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await join(newPerson())
    await askForReset(person)
    const token = await mailedToken(person, 'reset-password')
    await Promise.all([redeem(token, person, 'Un-n0uveau secret'), logInAs(person), logInAs(person)])
  }
  const stale = await (await db()).$queryRaw`
    SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(stale).toEqual([])
})

test('a limit of five lets five of 32 through, and a naive count lets more', async () => {
  const client = await db()
  const allowed = await Promise.all(crowd.map(() => consume(client, 'race', 'somebody', [{ max: 5, seconds: 60 }])))
  expect(allowed.filter(Boolean)).toHaveLength(5)

  const naive = await Promise.all(
    crowd.map(async () => {
      const row = await client.rateLimit.findUnique({ where: { key: 'naive' } })
      await client.$executeRaw`INSERT INTO "RateLimit" ("key", "hits", "endsAt") VALUES ('naive', 1, now() + interval '1 minute')
        ON CONFLICT ("key") DO UPDATE SET "hits" = "RateLimit"."hits" + 1`
      return (row?.hits ?? 0) < 5
    }),
  )
  expect(naive.filter(Boolean).length).toBeGreaterThan(5)
})

test('of 32 sign-in attempts of one identifier at once, five are tried', async () => {
  const client = await db()
  const tried = await Promise.all(
    crowd.map(() => attempt(client, 'race', 'anybody', { freeFailures: 5, maxWaitSeconds: 900, maxFailuresPerDay: 5 })),
  )
  expect(tried.filter(Boolean)).toHaveLength(5)
})

test('of 32 sign-ups of one address at once, one account comes', async () => {
  const person = newPerson()
  const inputs = crowd.map((index) =>
    signUpSchema.parse({ ...person, email: index % 2 ? person.email : person.email.toUpperCase() }),
  )
  await Promise.all(inputs.map((input) => patiently(() => signUp(input, newCaller(), 'fr'))))
  await Promise.all([deliverDueMail(), deliverDueMail(), deliverDueMail(), deliverDueMail()])
  expect(await (await db()).account.count({ where: { emailKey: person.email } })).toBe(1)
  expect(await (await db()).mail.count({ where: { kind: 'sign_up', state: 'waiting' } })).toBe(0)
})

test('four workers at once decide each mail once and send it once', async () => {
  const people: Person[] = []
  for (let count = 0; count < 8; count += 1) people.push(await join(newPerson()))
  await Promise.all(people.map((person) => requestPasswordReset(claimOf(person), newCaller(), 'fr')))
  await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))
  for (const person of people) expect(await mailsTo(person)).toHaveLength(2)
})

test('five processes may migrate one database at once', async () => {
  const { url: databaseUrl, drop } = await createTestDatabase()
  const applied = await Promise.all(crowd.slice(0, 5).map(() => migrate({ databaseUrl, dataDir: '' })))
  expect(applied.flat()).toEqual((await readdir('prisma/migrations')).filter((name) => !name.endsWith('.toml')))
  await drop()
})

function redeem(token: string, person: Person, newPassword: string) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
}

function redeemPatiently(token: string, person: Person, newPassword: string) {
  return patiently(() => redeem(token, person, newPassword))
}

async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as Error).name !== 'BusyError') throw error
    }
  }
}

function logInAs({ email, password }: Person) {
  return logIn({ identifier: email, password, locale: 'fr' }, newCaller(), { session: null, device: null })
}

async function idOf(person: Person): Promise<string> {
  return (await (await db()).account.findUniqueOrThrow({ where: { emailKey: person.email } })).id
}
