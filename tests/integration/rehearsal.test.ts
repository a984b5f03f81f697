import { expect, test } from 'vitest'
import { exportAccount } from '@/lib/accounts/export-account'
import { rehearseReset } from '@/lib/accounts/rehearse-reset'
import { correctDetails, idOf } from '@/tests/support/accounts/changes'
import { readExport } from '@/tests/support/accounts/exports'
import { pass } from '@/tests/support/accounts/limits'
import { claimOf, joinAs, mailboxOf, newCaller } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { dump } from '@/tests/support/postgres/dump'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('the five fields are right in every spelling that a reset takes, and wrong when any differs', async () => {
  const person = await joinAs()
  const spelt = { email: person.email.toUpperCase(), firstName: 'eloise', lastName: " D'ARC " }
  expect(await rehearse(person, spelt)).toEqual({ ok: true, value: 'same' })
  const { email } = newPerson()
  for (const changed of [{ email }, { firstName: 'Élise' }, { country: 'FR' }, { organizationType: 'company' }])
    expect(await rehearse(person, changed), JSON.stringify(changed)).toEqual({ ok: true, value: 'different' })
})

test('they are those of now: after a correction the former ones would not do', async () => {
  const person = await joinAs()
  await correctDetails(person, { lastName: 'Martin' })
  expect(await rehearse(person)).toEqual({ ok: true, value: 'different' })
  expect(await rehearse(person, { lastName: 'Martin' })).toEqual({ ok: true, value: 'same' })
})

test('a rehearsal changes nothing and mails nothing; right or wrong it leaves the same record', async () => {
  const person = await joinAs()
  const mails = (await mailboxOf(person)).length
  const before = await kept()
  const left: unknown[] = []
  for (const changed of [{}, { lastName: 'Martin' }]) {
    await rehearse(person, changed)
    left.push(await newEvents(before))
  }
  expect(left).toEqual([[recorded], [recorded, recorded]])
  expect((await kept()).filter(({ table }) => table !== 'Event')).toEqual(
    before.filter(({ table }) => table !== 'Event'),
  )
  expect(await mailboxOf(person)).toHaveLength(mails)
  const { events } = JSON.parse(await readExport(await exportAccount(await idOf(person), newCaller())))
  expect(events.filter(({ via }: { via: string }) => via === 'rehearsal')).toHaveLength(2)
})

test('somebody rehearses five times an hour and ten times a day, whatever comes of it', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  for (const hour of [1, 2]) {
    for (let tries = 0; tries < 5; tries += 1)
      expect(await rehearse(person), `hour ${hour}`).toMatchObject({ ok: true })
    expect(await rehearse(person)).toMatchObject({ ok: false, code: 'too_many_requests' })
    await pass(await idOf(person), 3_601)
  }
  expect(await rehearse(person)).toMatchObject({ ok: false, code: 'too_many_requests' })
  expect(await rehearse(other)).toMatchObject({ ok: true })
})

const recorded = { name: 'sensitive_read', via: 'rehearsal' }

async function rehearse(person: Person, changed: Partial<Person> = {}) {
  return rehearseReset(await idOf(person), claimOf(person, changed), newCaller())
}

/** All rows but those of limits, which count the tries. */
async function kept(): Promise<Record<string, unknown>[]> {
  return (await dump()).filter(({ table }) => table !== 'RateLimit')
}

async function newEvents(before: Record<string, unknown>[]) {
  const known = before.map(({ id }) => id)
  const events = (await kept()).filter(({ table, id }) => table === 'Event' && !known.includes(id))
  return events.map(({ name, via }) => ({ name, via }))
}
