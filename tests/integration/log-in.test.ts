import { expect, test } from 'vitest'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { db } from '@/lib/db/client'
import { upkeep } from '@/lib/worker/upkeep'
import { whileBusy } from '@/tests/support/accounts/busy'
import { idOf, loggedIn, logInAs } from '@/tests/support/accounts/changes'
import { rowsOf } from '@/tests/support/accounts/limits'
import { joinAs } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const wrong = 'Wr0ng one, surely'

test('a device that signed in before is not locked out by the failures of others', async () => {
  const person = await joinAs()
  const { mark } = await loggedIn(person)
  await lockOut(person)
  expect(await logInAs(person)).toMatchObject({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs(person, { mark })).toMatchObject({ ok: true, value: { mark } })
  expect(await logInAs(person)).toMatchObject({ ok: false })
})

test('the mark of one account, or a forged one, opens no limit of another', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  const { mark: theirs } = await loggedIn(other)
  await lockOut(person)
  for (const mark of [theirs, `${theirs}x`, 'x.y', '', `${theirs.split('.')[0]}.`]) {
    expect(await logInAs(person, { mark })).toMatchObject({ ok: false })
  }
})

test('an identifier that does not exist is counted and made to wait like one that does', async () => {
  const client = await db()
  const counted = []
  for (const person of [await joinAs(), newPerson()]) {
    await client.rateLimit.deleteMany()
    for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: wrong })
    const [row] = await client.rateLimit.findMany({
      where: { key: { startsWith: 'log_in:' }, blockedUntil: { not: null } },
    })
    counted.push(row?.hits)
  }
  expect(counted).toEqual([5, 5])
})

test('a try that the server was too busy for is not held against the person', async () => {
  const person = await joinAs()
  const counted = async () =>
    (await rowsOf(await idOf(person))).filter(({ key }) => /^log_in(_row)?:/.test(key)).map(({ hits }) => hits)
  await whileBusy(async () => {
    await expect(logInAs(person)).rejects.toThrow(BusyError)
    expect(await counted()).toEqual([])
  })
  const begun = logInAs(person)
  await whileBusy(() => expect(begun).rejects.toThrow(BusyError))
  expect(await counted()).toEqual([0, 0])
})

test('a password of ten years ago serves as one of today', async () => {
  const person = await joinAs()
  const client = await db()
  await client.$executeRaw`UPDATE "Credential" SET "changedAt" = now() - interval '10 years'`
  await client.$executeRaw`UPDATE "Account" SET "createdAt" = now() - interval '10 years', "verifiedAt" = now() - interval '10 years'`
  await upkeep()
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

/** Fails until the next try must wait, and makes that wait longer than the test. */
async function lockOut(person: Person): Promise<void> {
  for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: wrong })
  await (await db())
    .$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" IS NOT NULL`
}
