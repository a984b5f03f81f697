import { expect, test } from 'vitest'
import { allowTarget } from '@/lib/accounts/allow'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { db } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import { patiently } from '@/tests/support/accounts/busy'
import { idOf, loggedIn, logInAs } from '@/tests/support/accounts/changes'
import { pass } from '@/tests/support/accounts/limits'
import { joinAs, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const wrong = 'Wr0ng one, surely'
const [{ max: inFiveMinutes }, { max: inAnHour }] = limits.log_in

test('a school of 400 behind one address signs in within five minutes, some after a slip, and a stranger there still guesses at twenty', async () => {
  const caller = newCaller()
  const pupils = await pupilsOf(await joinAs(), 400)
  for (const [index, pupil] of pupils.entries()) {
    if (index % 16 === 0) expect(await logInAs({ ...pupil, password: wrong }, { caller })).toMatchObject(notRight)
    expect(await logInAs(pupil, { caller }), pupil.email).toMatchObject({ ok: true })
  }
  expect(await guessedAt(caller, 30)).toBe(inFiveMinutes)
})

test('of a school that signs in at one moment nobody is refused for another', async () => {
  const caller = newCaller()
  const pupils = await pupilsOf(await joinAs(), 100)
  const answers = await Promise.all(pupils.map((pupil) => patiently(() => logInAs(pupil, { caller }))))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(pupils.length)
  expect(await guessedAt(caller, 30)).toBe(inFiveMinutes)
})

test('of a hundred wrong passwords of one network at one moment as many are looked at as it has room for', async () => {
  const caller = newCaller()
  const strangers = Array.from({ length: 100 }, () => newPerson())
  const answers = await Promise.all(strangers.map((one) => patiently(() => logInAs(one, { caller }))))
  expect(answers.filter((answer) => !answer.ok && answer.code === 'invalid_credentials')).toHaveLength(inFiveMinutes)
  expect(answers.filter((answer) => !answer.ok && answer.code === 'too_many_requests')).toHaveLength(80)
})

test('of a hundred wrong passwords for one identifier at one moment from one network five are looked at', async () => {
  const [caller, person] = [newCaller(), newPerson()]
  const guesses = Array.from({ length: 100 }, () => patiently(() => logInAs(person, { caller })))
  const answers = await Promise.all(guesses)
  expect(answers.filter((answer) => !answer.ok && answer.code === 'invalid_credentials')).toHaveLength(5)
})

test('what a network has used up in an hour by twenty in five minutes stays used up', async () => {
  const caller = newCaller()
  let looked = 0
  for (let round = 0; round < 8; round += 1) {
    looked += await guessedAt(caller, 25)
    await pass(null, 300)
  }
  expect(looked).toBe(inAnHour)
})

test('right sign-ins never count, however many and by whomever', async () => {
  const [caller, person] = [newCaller(), await joinAs()]
  for (let times = 0; times < 120; times += 1) expect(await logInAs(person, { caller })).toMatchObject({ ok: true })
  expect(await guessedAt(caller, 30)).toBe(inFiveMinutes)
})

test('a right sign-in gives back what it failed before, and nothing of others', async () => {
  const [caller, person] = [newCaller(), await joinAs()]
  expect(await guessedAt(caller, 19)).toBe(19)
  for (let slips = 0; slips < 3; slips += 1) await logInAs({ ...person, password: wrong }, { caller })
  expect(await guessedAt(caller, 1)).toBe(0)
  expect(await logInAs(person, { caller })).toMatchObject({ ok: true })
  await Promise.all([1, 2, 3].map(() => logInAs(person, { caller })))
  expect(await guessedAt(caller, 3)).toBe(1)
})

test('a browser that is known signs in from a network whose room is used up, and has ten guesses there', async () => {
  const [caller, person] = [newCaller(), await joinAs()]
  const { mark } = await loggedIn(person)
  await guessedAt(caller, 25)
  expect(await logInAs(person, { caller })).toMatchObject({ code: 'too_many_requests' })
  expect(await logInAs(person, { caller, mark })).toMatchObject({ ok: true })
  const guess = () => logInAs({ ...person, password: wrong }, { caller, mark })
  for (let guesses = 0; guesses < 10; guesses += 1) expect(await guess()).toMatchObject(notRight)
  expect(await guess()).toMatchObject({ code: 'too_many_requests' })
})

test('one who fails at an identifier from here waits like at an account, known or not, and is told how long', async () => {
  const waits = []
  for (const person of [await joinAs(), newPerson()]) {
    const caller = newCaller()
    const told: unknown[] = []
    for (let guess = 0; guess < 8; guess += 1) {
      const answer = await logInAs({ ...person, password: wrong }, { caller })
      told.push(answer.ok || [answer.code, Math.ceil(answer.waitSeconds ?? 0)])
      if (guess > 4) await pass(null, 4)
    }
    waits.push(told)
  }
  expect(waits[0]).toEqual(waits[1])
  expect(waits[0]?.slice(4, 6)).toEqual([
    ['invalid_credentials', 0],
    ['too_many_requests', 1],
  ])
})

test('a sign-in that breaks anywhere leaves nothing counted, and nobody waits for it', async () => {
  const [caller, person] = [newCaller(), await joinAs()]
  const client = await db()
  for (const table of ['Account', 'Session']) {
    await client.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO "Elsewhere"`)
    for (let times = 0; times < inFiveMinutes; times += 1) {
      const one = table === 'Account' ? newPerson() : person
      await expect(logInAs(one, { caller })).rejects.toThrow()
    }
    await client.$executeRawUnsafe(`ALTER TABLE "Elsewhere" RENAME TO "${table}"`)
  }
  expect(await guessedAt(caller, 25)).toBe(inFiveMinutes)
})

test('sign-ins whose process ended are waited for a few seconds, in a few looks, and then count', async () => {
  const caller = newCaller()
  const client = await db()
  for (let lost = 0; lost < inFiveMinutes; lost += 1)
    await allowTarget(client, 'log_in', `lost ${lost}`, caller.network)
  await expect(logInAs(newPerson(), { caller })).rejects.toThrow(BusyError)
  await pass(null, 11)
  expect(await logInAs(newPerson(), { caller })).toMatchObject({ code: 'too_many_requests' })
})

test('what a network is refused leaves no row of what it was about', async () => {
  const caller = newCaller()
  await guessedAt(caller, inFiveMinutes + 1)
  const { rateLimit } = await db()
  const before = await rateLimit.count()
  expect(await guessedAt(caller, 10)).toBe(0)
  expect(await rateLimit.count()).toBe(before)
})

const notRight = { ok: false, code: 'invalid_credentials' }

/** Guesses at so many identifiers, and returns how many of the guesses were looked at. */
async function guessedAt(caller: ReturnType<typeof newCaller>, count: number): Promise<number> {
  let looked = 0
  for (let guess = 0; guess < count; guess += 1) {
    const answer = await logInAs(newPerson({ password: newPassword }), { caller })
    if (!answer.ok && answer.code === 'invalid_credentials') looked += 1
  }
  return looked
}

/** So many with an account like that of `first`, and the same password. */
async function pupilsOf(first: Person, count: number): Promise<Person[]> {
  const client = await db()
  const id = await idOf(first)
  await client.$executeRaw`
    WITH copied AS (
      INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "verifiedAt")
      SELECT gen_random_uuid(), "place" || '.' || "email", "place" || '.' || "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "verifiedAt"
      FROM "Account", generate_series(1, ${count}::int) AS "place" WHERE "id" = ${id}::uuid RETURNING "id"
    )
    INSERT INTO "Credential" ("accountId", "passwordHash")
    SELECT copied."id", c."passwordHash" FROM copied, "Credential" c WHERE c."accountId" = ${id}::uuid`
  return Array.from({ length: count }, (_, place) => ({ ...first, email: `${place + 1}.${first.email}` }))
}
