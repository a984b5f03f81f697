import { expect } from '@playwright/test'
import { Client } from 'pg'
import words from '@/messages/fr.json' with { type: 'json' }
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { signsIn } from '@/tests/support/faults/resets'
import { codeOf } from '@/tests/support/http/answers'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test.use({ serverSettings: { max_connections: 12 } })

const { busy, unexpected } = words.formCodes
const sessions = 'SELECT 1 FROM "Session"'

test.describe(() => {
  test.use({ onLine: true })

  test('while nothing comes back from the database, everybody is told in words, nobody gets in, and all works again by itself', async ({
    service,
    line,
  }) => {
    const person = await joinRaw(service)
    const form = await readForm(service.url, '/fr/login')
    line.listen({ before: () => line.held() })
    const told = await Promise.all(Array.from({ length: 20 }, () => tryToSignIn(service, form, person)))
    const ready = await fetch(`${service.url}/api/health/ready`)
    line.listen()
    expect(ready.status).toBe(503)
    // Who had a connection cannot know what became of the statement; who had none is told to come back.
    for (const words of told) expect([busy, unexpected]).toContain(words)
    expect(told).toContain(busy)
    expect(await query(service.databaseUrl, sessions)).toEqual([])
    await expectBack(service, person)
  })
})

test('while limits cannot be counted, the right password does not let in either', async ({ service }) => {
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/login')
  const client = new Client({ connectionString: service.databaseUrl })
  await client.connect()
  await client.query('BEGIN; LOCK TABLE "RateLimit" IN ACCESS EXCLUSIVE MODE')
  const told = await Promise.all(Array.from({ length: 20 }, () => tryToSignIn(service, form, person)))
  await client.end()
  expect(new Set(told)).toEqual(new Set([busy]))
  expect(await query(service.databaseUrl, sessions)).toEqual([])
  await expectBack(service, person)
})

test('when others have every connection of the server, the service says that it is busy, and works again by itself', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/login')
  const others = await takeAll(service)
  const told = await Promise.all(Array.from({ length: 5 }, () => tryToSignIn(service, form, person)))
  for (const other of others) await other.end()
  expect(new Set(told)).toEqual(new Set([busy]))
  expect(await query(service.databaseUrl, sessions)).toEqual([])
  await expectBack(service, person)
})

/** Tries with the right password, and returns what the form says that stands in the way. */
async function tryToSignIn(service: Service, form: Awaited<ReturnType<typeof readForm>>, person: Person) {
  const answer = await submitRaw(service, form, credentialsOf(person))
  // Whose turn did not come in time was told so in the place of the form.
  if ((await codeOf(answer)) === 'busy' && answer.status === 503) return busy
  const html = await answer.text()
  expect([answer.status, answer.headers.getSetCookie().join()]).toEqual([200, expect.not.stringContaining('session')])
  expect(html).toContain(`value="${person.email}"`)
  return [busy, unexpected].find((words) => html.includes(words)) ?? html
}

/** As many at once as there are connections: none of them is lost. */
async function expectBack(service: Service, person: Person): Promise<void> {
  await expect.poll(() => signsIn(service, person)).toBe(true)
  const all = await Promise.all(Array.from({ length: 5 }, () => signsIn(service, person)))
  expect(all).toEqual([true, true, true, true, true])
  await expectLaws(service)
}

/** Takes every connection of the server, those of the application too. */
async function takeAll({ databaseUrl }: Service): Promise<Client[]> {
  const taken: Client[] = []
  const those = `datname = current_database() AND application_name <> 'taken'`
  for (;;) {
    const client = new Client({ connectionString: databaseUrl, application_name: 'taken' }).on('error', () => {})
    const isFull = await client.connect().then(
      () => false,
      () => true,
    )
    if (!isFull) taken.push(client)
    else if (
      (await taken[0]?.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${those}`))?.rowCount === 0
    )
      return taken
  }
}
