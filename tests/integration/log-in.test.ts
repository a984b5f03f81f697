import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { canonicalEmail } from '@/lib/accounts/canonical'
import { BusyError, hashPassword } from '@/lib/accounts/hashing'
import { logIn } from '@/lib/accounts/log-in'
import { hashQueuePolicy } from '@/lib/accounts/policy'
import { upkeep } from '@/lib/accounts/upkeep'
import { db } from '@/lib/db/client'
import { rowsOf } from '@/tests/support/limits'
import { join, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

const nothing = { session: null, device: null }
const wrong = 'Wr0ng one, surely'

test('a device that signed in before is not locked out by the failures of others', async () => {
  const person = await join(newPerson())
  const device = await deviceOf(person)
  await lockOut(person)
  expect(await logInAs(person, nothing)).toMatchObject({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs(person, { session: null, device })).toMatchObject({ ok: true, value: { device } })
  expect(await logInAs(person, nothing)).toMatchObject({ ok: false })
})

test('a known device has ten tries in a quarter of an hour', async () => {
  const person = await join(newPerson())
  const device = await deviceOf(person)
  for (let round = 0; round < 10; round += 1) await logInAs(person, { session: null, device }, wrong)
  expect(await logInAs(person, { session: null, device })).toMatchObject({ ok: false, code: 'invalid_credentials' })
})

test('the mark of one account, or a forged one, opens no limit of another', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  const mark = await deviceOf(other)
  await lockOut(person)
  for (const device of [mark, `${mark}x`, 'x.y', '', `${mark.split('.')[0]}.`]) {
    expect(await logInAs(person, { session: null, device })).toMatchObject({ ok: false })
  }
})

test('an identifier that does not exist is counted and made to wait like one that does', async () => {
  const client = await db()
  const counted = []
  for (const person of [await join(newPerson()), newPerson()]) {
    await client.rateLimit.deleteMany()
    for (let round = 0; round < 5; round += 1) await logInAs(person, nothing, wrong)
    const [row] = await client.rateLimit.findMany({
      where: { key: { startsWith: 'log_in:' }, blockedUntil: { not: null } },
    })
    counted.push(row?.hits)
  }
  expect(counted).toEqual([5, 5])
})

test('a try that the server was too busy for is not held against the person', async () => {
  const person = await join(newPerson())
  let isBusy = true
  const hashes = Array.from({ length: availableParallelism() + hashQueuePolicy.maxWaiting }, async () => {
    while (isBusy) await hashPassword('Un-n0uveau secret')
  })
  await expect(logInAs(person, nothing)).rejects.toThrow(BusyError)
  isBusy = false
  await Promise.all(hashes)
  const rows = await rowsOf(canonicalEmail(person.email)?.key ?? '')
  expect(rows.filter(({ key }) => key.startsWith('log_in:'))).toMatchObject([{ hits: 0 }])
})

test('a password of ten years ago serves as one of today', async () => {
  const person = await join(newPerson())
  const client = await db()
  await client.$executeRaw`UPDATE "Credential" SET "changedAt" = now() - interval '10 years'`
  await client.$executeRaw`UPDATE "Account" SET "createdAt" = now() - interval '10 years', "verifiedAt" = now() - interval '10 years'`
  await upkeep()
  expect(await logInAs(person, nothing)).toMatchObject({ ok: true })
})

/** Fails until the next try must wait, and makes that wait longer than the test. */
async function lockOut(person: Person): Promise<void> {
  for (let round = 0; round < 5; round += 1) await logInAs(person, nothing, wrong)
  await (await db())
    .$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" IS NOT NULL`
}

async function deviceOf(person: Person): Promise<string> {
  const result = await logInAs(person, nothing)
  if (!result.ok) throw new Error(result.code)
  return result.value.device
}

function logInAs(
  person: Person,
  presented: { session: string | null; device: string | null },
  password = person.password,
) {
  return logIn({ identifier: person.email, password, locale: 'fr' }, newCaller(), presented)
}
