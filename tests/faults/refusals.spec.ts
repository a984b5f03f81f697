import { expect } from '@playwright/test'
import words from '@/messages/fr.json' with { type: 'json' }
import type { Service } from '@/tests/support/app/service'
import { breaches, expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { done, outcomeOf, type Resetting, signsIn, startReset, untouched } from '@/tests/support/faults/resets'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { askForResetRaw, credentialsOf, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword, newPerson } from '@/tests/support/person'
import { type Place, plant, tries, uproot } from '@/tests/support/postgres/planted'
import { query } from '@/tests/support/postgres/query'

/** Everywhere that the transaction of a redemption writes. */
const places: Place[] = [
  { when: 'UPDATE OF "usedAt"', table: 'Token' },
  { when: 'UPDATE', table: 'Credential' },
  { when: 'DELETE', table: 'Session' },
  { when: 'INSERT', table: 'Event' },
  { when: 'INSERT', table: 'Mail' },
  { when: 'DELETE', table: 'RateLimit', only: `WHEN (OLD."key" LIKE 'log_in:%')` },
  { when: 'INSERT', table: 'Event', atCommit: true },
]
const repeated = ['40P01', '40001']

test('a transaction that the database asks to repeat is tried three times, then refused in words, with nothing written', async ({
  service,
}) => {
  const reset = await startFailing(service)
  for (const code of repeated)
    for (const place of places) {
      const where = `${code} at ${place.when} ${place.table} ${place.atCommit ?? ''}`
      await query(service.databaseUrl, `DELETE FROM "RateLimit" WHERE "key" LIKE 'reset\\_password:%'`)
      await plant(service, place, code)
      expect(await refusedReset(service, reset), where).toBe(words.formCodes.unexpected)
      expect(await tries(service), where).toBe(3)
      expect(await breaches(service.databaseUrl), where).toEqual([])
    }
  await expectNothingWritten(service, reset)
  expect(succeeded(await sendReset(service, reset.open, reset.person, newPassword))).toBe(true)
  await expectLaws(service)
})

test('a transaction that was repeated twice is done once', async ({ service }) => {
  for (const [index, place] of places.entries()) {
    const reset = await startFailing(service)
    await plant(service, place, repeated[index % 2] ?? '', 2)
    expect(succeeded(await sendReset(service, reset.open, reset.person, newPassword)), place.table).toBe(true)
    expect(await tries(service), place.table).toBeGreaterThanOrEqual(3)
    await uproot(service)
    await expectLaws(service)
    expect(await outcomeOf(service, reset), place.table).toEqual(done)
  }
})

test('any other refusal of the database is told in words at once, with nothing written', async ({ service }) => {
  const reset = await startFailing(service)
  for (const place of places) {
    await expectRefusedOnce(service, reset, place, '53100')
    expect(await breaches(service.databaseUrl), place.table).toEqual([])
  }
  await expectNothingWritten(service, reset)
})

test('a statement that lasts too long is ended, told in words and not tried again, with nothing written', async ({
  service,
}) => {
  const reset = await startFailing(service)
  await expectRefusedOnce(service, reset, { when: 'UPDATE', table: 'Credential' }, null)
  await expectNothingWritten(service, reset)
})

test('while the database can only be read, every form says in words that it cannot serve, and afterwards does', async ({
  service,
}) => {
  const reset = await startFailing(service)
  const [person, stranger] = [reset.person, newPerson()]
  const [signUp, logIn] = [await readForm(service.url, '/fr/signup'), await readForm(service.url, '/fr/login')]
  await setReadOnly(service, true)
  const fields = credentialsOf(person)
  const answers = [
    await submitRaw(service, signUp, stranger),
    await submitRaw(service, logIn, fields),
    await askForResetRaw(service, person),
  ]
  for (const answer of answers) expect(await refusal(answer)).toBe(words.formCodes.unexpected)
  expect(await refusedReset(service, reset)).toBe(words.formCodes.unexpected)
  await setReadOnly(service, false)
  expect(await outcomeOf(service, reset)).toEqual(untouched)
  expect(await query(service.databaseUrl, `SELECT 1 FROM "Account" WHERE "email" = '${stranger.email}'`)).toEqual([])
  expect(succeeded(await sendReset(service, reset.open, person, newPassword))).toBe(true)
  await expectLaws(service)
})

/** Somebody who has also failed to sign in, so that there is something to forgive. */
async function startFailing(service: Service): Promise<Resetting> {
  const reset = await startReset(service)
  await signsIn(service, { ...reset.person, password: newPassword })
  return reset
}

/** Plants a fault, and expects a reset that meets it to be tried once and refused in words. */
async function expectRefusedOnce(service: Service, reset: Resetting, place: Place, code: string | null): Promise<void> {
  await plant(service, place, code)
  expect(await refusedReset(service, reset), place.table).toBe(words.formCodes.unexpected)
  expect(await tries(service), place.table).toBe(1)
}

/** Takes the fault away, and expects nothing of the reset to have been done. */
async function expectNothingWritten(service: Service, reset: Resetting): Promise<void> {
  await uproot(service)
  expect(await outcomeOf(service, reset)).toEqual(untouched)
}

async function refusedReset(service: Service, { open, person }: Resetting): Promise<string> {
  return refusal(await sendReset(service, open, person, newPassword))
}

/** What the form that comes again says. */
async function refusal(answer: Response): Promise<string> {
  const html = await answer.text()
  expect([answer.status, answer.headers.getSetCookie().join()]).toEqual([200, expect.not.stringContaining('session')])
  const said = html.replace(/<script.*?<\/script>/gs, '')
  expect(said).not.toMatch(/Prisma|Postgres|node_modules|\bat \S+ \(/)
  return Object.values(words.formCodes).find((text) => said.includes(text)) ?? said
}

async function setReadOnly({ databaseUrl, postgres }: Service, on: boolean): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  const admin = postgres.url('postgres')
  await query(admin, `ALTER DATABASE "${name}" SET default_transaction_read_only = ${on}`)
  await query(admin, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
}
