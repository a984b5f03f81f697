import { expect } from '@playwright/test'
import words from '@/messages/fr.json' with { type: 'json' }
import { kill, revive } from '@/tests/support/app/crash'
import type { Service } from '@/tests/support/app/service'
import { breaches, expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { done, outcomeOf, pageOf, type Resetting, startReset, untouched } from '@/tests/support/faults/resets'
import { sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword } from '@/tests/support/person'
import type { TappedLine } from '@/tests/support/postgres/tapped-line'
import { placesIn } from '@/tests/support/sample'

test.use({ onLine: true })

test('a redemption killed between any two statements is done whole or not at all', async ({ service, line }) => {
  test.setTimeout(400_000)
  const statements = await redemption(service, line)
  expect(statements.filter((text) => text === 'BEGIN')).toHaveLength(1)
  expect(statements.at(-1)).toBe('COMMIT')

  for (const [place, statement] of placesIn(statements)) {
    const reset = await startReset(service)
    await killAt(service, line, reset, { before: place })
    expect(await breaches(service.databaseUrl), statement).toEqual([])
    await revive(service)
    await expectLaws(service)
    expect(await outcomeOf(service, reset), statement).toEqual(untouched)
  }
})

test('without a transaction the same search finds what a kill leaves half done', async ({ service, line }) => {
  const statements = await redemption(service, line)
  const reset = await startReset(service)
  const before = statements.findIndex((text) => text.startsWith('DELETE FROM "public"."Session"'))
  await killAt(service, line, reset, { before, instead: (text) => (text === 'BEGIN' ? 'SELECT 1' : text) })
  expect(await breaches(service.databaseUrl)).toContain('used reset links are not the resets')
  await revive(service)
  expect([done, untouched]).not.toContainEqual(await outcomeOf(service, reset))
})

test('killed after the commit and before the answer, the password is the new one and the link says that it was used', async ({
  service,
  line,
}) => {
  const reset = await startReset(service)
  await killAt(service, line, reset, { after: 'COMMIT' })
  await revive(service)
  const again = await sendReset(service, reset.open, reset.person, newPassword)
  expect([again.status, again.headers.get('location')]).toEqual([303, expect.stringMatching(/reset-password\?link=/)])
  expect(await pageOf(service, reset.link)).toContain(words.resetProblem.used)
  await expectLaws(service)
  expect(await outcomeOf(service, reset)).toEqual(done)
})

/** What a redemption that nothing happens to says to the database, in order. */
async function redemption(service: Service, line: TappedLine): Promise<string[]> {
  const reset = await startReset(service)
  const statements: string[] = []
  line.listen({ before: (text) => (isSweep(text) ? undefined : statements.push(text)) })
  const answer = await sendReset(service, reset.open, reset.person, newPassword)
  line.listen()
  expect(succeeded(answer)).toBe(true)
  return statements
}

type Moment = { before?: number; after?: string; instead?: (statement: string) => string }

/** Sends a reset form and kills the application at a moment of it; the sweep waits meanwhile. */
async function killAt(service: Service, line: TappedLine, { open, person }: Resetting, moment: Moment): Promise<void> {
  let answer: Promise<string> | undefined
  await new Promise<void>((reached) => {
    const stop = () => {
      reached()
      return line.held()
    }
    let count = 0
    line.listen({
      instead: moment.instead ?? ((text) => text),
      before(text) {
        if (isSweep(text)) return line.held()
        count += 1
        return count - 1 === moment.before ? stop() : undefined
      },
      after: (text) => (text === moment.after ? stop() : undefined),
    })
    answer = sendReset(service, open, person, newPassword).then(
      () => 'answered',
      () => 'cut',
    )
  })
  await kill(service, line)
  line.listen()
  expect(await answer).toBe('cut')
}

function isSweep(statement: string): boolean {
  return statement.startsWith('UPDATE "Mail"')
}
