import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { changeUsername } from '@/lib/accounts/change-username'
import { signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { attempt, consume } from '@/lib/rate-limit'
import { migrate } from '@/prisma/migrate'
import { idOf } from '@/tests/support/changes'
import { createTestDatabase } from '@/tests/support/database'
import { patiently } from '@/tests/support/patience'
import { claimOf, join, mailsTo, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

const crowd = Array.from({ length: 32 }, (_, index) => index)

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

test('of 32 who want one user name at once, one gets it', async () => {
  const people: Person[] = []
  for (let count = 0; count < 8; count += 1) people.push(await join(newPerson()))
  const ids = await Promise.all(people.map(idOf))
  const wanted = { name: 'Dominique', key: 'dominique' }
  const results = await Promise.all(crowd.map((index) => changeUsername(ids[index % 8] ?? '', wanted, newCaller())))
  const winners = crowd.filter((index) => results[index]?.ok).map((index) => ids[index % 8])
  expect(new Set(winners).size).toBe(1)
  expect(results.filter((result) => !result.ok && result.code !== 'taken')).toEqual([])
  expect(await (await db()).account.findMany({ where: { usernameKey: 'dominique' } })).toMatchObject([
    { id: winners[0] },
  ])
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
