import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { mailPolicy } from '@/lib/policy'
import { endLeases, kill, revive } from '@/tests/support/app/crash'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { askForResetRaw, joinRaw } from '@/tests/support/http/raw-walks'
import { mailsTo, sweep } from '@/tests/support/mail/swept-mail'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import type { TappedLine } from '@/tests/support/postgres/tapped-line'
import { placesIn } from '@/tests/support/sample'

test.use({ onLine: true })

const taking = 'UPDATE "Mail" SET "leasedUntil"'
const noting = 'UPDATE "Mail" SET "state"'

test('a worker killed between any two statements of its work is made good for: the mail arrives once', async ({
  service,
  line,
}) => {
  test.setTimeout(400_000)
  const statements = await delivery(service, line)
  expect(statements[0]).toMatch(taking)
  expect(statements.filter((text) => text === 'COMMIT')).toHaveLength(1)
  expect(statements.at(-1)).toMatch(noting)

  for (const [place, statement] of placesIn(statements.slice(0, -1))) {
    const person = await joinRaw(service)
    await killWorkerAt(service, line, person, place)
    expect(mailsTo(service.resend, person.email), statement).toHaveLength(1)
    await revive(service)
    await endLeases(service)
    await sweep(service)
    await expectLaws(service)
    expect(mailsTo(service.resend, person.email), statement).toHaveLength(2)
  }
})

test('what a killed worker had taken up is sent within two minutes by whoever runs then', async ({ service, line }) => {
  const statements = await delivery(service, line)
  const person = await joinRaw(service)
  await killWorkerAt(service, line, person, statements.length - 2)
  const [before] = await query(service.databaseUrl, 'SELECT now()::text AS now')
  // As if the first fifty seconds were over.
  await query(service.databaseUrl, `UPDATE "Mail" SET "leasedUntil" = "leasedUntil" - interval '50 seconds'`)
  await revive(service)
  await expect.poll(() => mailsTo(service.resend, person.email).length, { timeout: 70_000 }).toBe(2)
  await expectLaws(service)
  const late = `SELECT 1 FROM "Mail" WHERE "finishedAt" > '${before?.now}'::timestamptz + interval '70 seconds'`
  expect(await query(service.databaseUrl, late)).toEqual([])
})

test('a worker killed between the send and its note sends the same bytes under the same key, and one mail arrives', async ({
  service,
  line,
}) => {
  const statements = await delivery(service, line)
  const person = await joinRaw(service)
  await killWorkerAt(service, line, person, statements.length - 1)
  const attempts = () => service.resend.requests.filter(({ body }) => body.includes(person.email)).slice(1)
  expect(attempts()).toHaveLength(1)
  const waiting = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`
  expect(await query(service.databaseUrl, waiting)).toHaveLength(1)
  await revive(service)
  await endLeases(service)
  await sweep(service)
  await expectLaws(service)
  const [first, second, ...more] = attempts()
  expect(more).toEqual([])
  expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  expect(second?.body).toBe(first?.body)
  expect(mailsTo(service.resend, person.email)).toHaveLength(2)
})

/** What the worker that decides and sends a reset link says to the database, in order. */
async function delivery(service: Service, line: TappedLine): Promise<string[]> {
  const statements: string[] = []
  await work(service, line, await joinRaw(service), (text) => void statements.push(text))
  await expectLaws(service)
  line.listen()
  return statements
}

/** Asks for a reset link and kills the application before the nth statement of the worker that is to send it. */
async function killWorkerAt(service: Service, line: TappedLine, person: Person, place: number): Promise<void> {
  await new Promise<void>((reached, failed) => {
    let count = 0
    const before = () => {
      count += 1
      if (count <= place) return undefined
      reached()
      return line.held()
    }
    work(service, line, person, before).catch(failed)
  })
  await kill(service, line)
  line.listen()
}

/** Asks for a reset link; `before` hears what the worker says that takes it up afterwards. Further looks for mail are held. */
async function work(
  service: Service,
  line: TappedLine,
  person: Person,
  before: (text: string) => unknown,
): Promise<void> {
  // The workers that earlier submissions start have come and gone by then: they would leave this one's mail alone.
  await sleep(2 * mailPolicy.kickAfterMs.most + 200)
  let state: 'asking' | 'asked' | 'taken' = 'asking'
  line.listen({
    async before(text) {
      const takes = text.startsWith(taking)
      if (text.includes(`'abandoned'`) || (takes && state !== 'asked')) return line.held()
      if (state === 'asking') return
      state = 'taken'
      await before(text)
    },
  })
  await askForResetRaw(service, person)
  state = 'asked'
}
