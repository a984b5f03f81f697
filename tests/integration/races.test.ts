import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername } from '@/lib/accounts/change-username'
import { signUpSchema } from '@/lib/accounts/input'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { attempt } from '@/lib/failures'
import { signUpPolicy } from '@/lib/policy'
import { consume } from '@/lib/rate-limit'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { migrate } from '@/prisma/migrate'
import { patiently } from '@/tests/support/accounts/busy'
import { idOf, loggedIn, logInAs, signedIn } from '@/tests/support/accounts/changes'
import { triedBy } from '@/tests/support/accounts/limits'
import { askForLinkAs, joinAs, mailboxOf, newCaller } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { createTestDatabase } from '@/tests/support/vitest/database'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const manyADay = { freeFailures: 1_000, maxWaitSeconds: 0, maxFailuresPerDay: 1_000 }
const inARow = { action: 'log_in_row', max: 100, seconds: 86_400 }
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
    crowd.map(() =>
      attempt(client, triedBy('anybody'), { freeFailures: 5, maxWaitSeconds: 900, maxFailuresPerDay: 5 }),
    ),
  )
  expect(tried.filter(Boolean)).toHaveLength(5)
})

test('of 32 wrong passwords at once by each way, all are heard that the budget has, and the last in a row is told once', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  const { mark } = await loggedIn(person)
  const client = await db()
  for (let failure = 0; failure < 90; failure += 1)
    await attempt(client, { ...triedBy(account.id), subject: account.id, row: inARow }, manyADay)
  await client.event.deleteMany()
  const wrong = { ...person, password: 'Wr0ng one, surely' }
  const change = { currentPassword: wrong.password, newPassword: 'Encore un-n0uveau' }
  await Promise.all(crowd.map(() => patiently(() => changePassword(account, change, newCaller(), 'fr'))))
  await Promise.all(crowd.map(() => patiently(() => logInAs(wrong, { mark }))))
  const heard = ({ name }: { name: string }) => name !== 'authn_login_lock' && name !== 'excess_rate_limit_exceeded'
  expect((await client.event.findMany()).filter(heard)).toHaveLength(10 + 10)
  expect(await client.mail.count({ where: { kind: 'log_in_blocked' } })).toBe(1)
  expect(await logInAs(person)).toMatchObject({ ok: false })
  expect(await logInAs(person, { mark })).toMatchObject({ ok: false })
})

test('of 32 sign-ups of one address at once twenty are kept, with one link', async () => {
  const person = newPerson()
  const inputs = crowd.map((index) =>
    signUpSchema.parse({ ...person, email: index % 2 ? person.email : person.email.toUpperCase() }),
  )
  await Promise.all(inputs.map((input) => patiently(() => signUp(input, newCaller(), 'fr'))))
  await Promise.all([deliverDueMail(), deliverDueMail(), deliverDueMail(), deliverDueMail()])
  const client = await db()
  expect(await client.pendingSignUp.count({ where: { emailKey: person.email } })).toBe(signUpPolicy.maxPendingOfEmail)
  expect(await client.token.count({ where: { emailKey: person.email } })).toBe(1)
  expect(await client.mail.count({ where: { kind: 'sign_up', state: 'waiting' } })).toBe(0)
})

test('of 32 who want one user name at once, one gets it', async () => {
  const people: Person[] = []
  for (let count = 0; count < 8; count += 1) people.push(await joinAs())
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
  for (let count = 0; count < 8; count += 1) people.push(await joinAs())
  await Promise.all(people.map((person) => askForLinkAs(person)))
  await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))
  for (const person of people) expect(await mailboxOf(person)).toHaveLength(2)
})

test('five processes may migrate one database at once', async () => {
  const { url: databaseUrl, drop } = await createTestDatabase()
  const applied = await Promise.all(crowd.slice(0, 5).map(() => migrate({ databaseUrl, dataDir: '' })))
  const each = (await readdir('prisma/migrations')).filter((name) => !name.endsWith('.toml'))
  expect(applied.flat().sort()).toEqual(each.sort())
  await drop()
})
