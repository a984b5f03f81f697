import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { patientCrowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { followRaw, readForm, submitRaw, submitTo } from '@/tests/support/http/forms'
import { askForResetRaw, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, mailTo, sweep, sweepAtOnce } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'

test('a provider that fails three times gets the same bytes under the same key, less and less often, and one mail arrives', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  resend.behave([behaviours.serverError, behaviours.serverError, behaviours.serverError])
  const person = await signUp(service)
  const waits: number[] = []
  for (const process of [twin, service, twin]) {
    await expect.poll(() => query(databaseUrl, given), { timeout: 30_000 }).toHaveLength(1)
    const [row] = await query(databaseUrl, `SELECT extract(epoch FROM "nextAttemptAt") * 1000 AS due FROM "Mail"`)
    waits.push(Number(row?.due) - (resend.requests.at(-1)?.at ?? 0))
    await sweepAtOnce(process)
  }
  for (const [index, seconds] of [2, 8, 30].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(seconds * 800)
    expect(waits[index]).toBeLessThan(seconds * 1_200 + 2_000)
  }
  expect(resend.requests.map(({ status }) => status)).toEqual([500, 500, 500, 200])
  expectOneOf(service)
  expect(await opens(twin, person)).toBe(true)
  await expectLaws(service)
})

test('a provider that asks for seven seconds gets at least seven from both processes', async ({ service, twin }) => {
  const { resend, databaseUrl } = service
  resend.behave([behaviours.rateLimited(7)])
  await signUp(service)
  await expect.poll(() => resend.mails.length, { timeout: 30_000 }).toBe(1)
  const [refused, accepted] = resend.requests
  expect((accepted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(7_000)
  expectOneOf(twin, withoutTime)
  await expectLaws({ databaseUrl, resend })
})

test.describe(() => {
  test.use({ settings: { RESEND_PER_SECOND: '5' } })

  test('two processes together hand over four mails a second at most', async ({ service, twin }) => {
    const { requests } = service.resend
    const form = await readForm(service.url, '/fr/signup')
    const people = Array.from({ length: 16 }, () => newPerson({ password: 'Tr0ub4dor&3' }))
    await patientCrowd(16, [service, twin], (process, index) => submitRaw(process, form, people[index] ?? newPerson()))
    await Promise.all([service, twin, service, twin].map(sweep))
    await expectLaws(service)
    expect(requests).toHaveLength(16)
    // Half a second for what is sent late and arrives close to the next.
    expect((requests.at(-1)?.at ?? 0) - (requests[0]?.at ?? 0)).toBeGreaterThan(15 * 250 - 500)
  })
})

for (const [what, fault] of [
  ['never answers', behaviours.hang],
  ['answers one byte a second', behaviours.trickle(1_000)],
] as const) {
  test(`a provider that ${what} is given up after eight seconds, and a later attempt delivers once`, async ({
    service,
    twin,
  }) => {
    const { resend, app } = service
    const member = await joinRaw(service)
    await query(service.databaseUrl, 'DELETE FROM "Mail"')
    resend.reset()
    resend.behave([fault])
    const person = await signUp(service)
    // The page came before the provider was given up, and the other process answers meanwhile.
    expect(app.log()).not.toContain('"mail_not_sent"')
    await expect.poll(() => resend.requests.length).toBe(1)
    await askForResetRaw(twin, member)
    await expect.poll(() => timeouts([service, twin]), { timeout: 30_000 }).toHaveLength(1)
    const [givenUpAt = 0] = timeouts([service, twin])
    expect(givenUpAt - (resend.requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(7_900)
    expect(givenUpAt - (resend.requests[0]?.at ?? 0)).toBeLessThan(12_000)

    await sweepAtOnce(twin)
    await expectLaws(service)
    const bodies = resend.requests.filter(({ headers }) => headers['idempotency-key'] === resend.mails[0]?.key)
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1)
    for (const { email } of [person, member]) expect(mailsTo(resend, email)).toHaveLength(1)
  })
}

test('a mail that was accepted, but whose answer was lost, is sent again by another process and arrives once', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  resend.behave([behaviours.acceptThenDestroy, behaviours.acceptThenDestroy])
  const person = await signUp(service)
  for (const process of [twin, service]) {
    await expect.poll(() => query(databaseUrl, given), { timeout: 30_000 }).toHaveLength(1)
    await sweepAtOnce(process)
  }
  expect(resend.requests).toHaveLength(3)
  expectOneOf(service)
  expect(await opens(twin, person)).toBe(true)
  await expectLaws(service)
})

/** Mail that was tried, and is to be tried again. */
const given = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND "attempts" > 0 AND "leasedUntil" IS NULL`

/** Asks for an account, whose mail may or may not arrive. */
async function signUp(service: Service): Promise<Person> {
  const person = newPerson()
  const answer = await submitTo(service, '/fr/signup', person)
  expect(answer.headers.get('location')).toBe('/fr/signup/sent')
  return person
}

/** That all attempts were one mail, byte by byte; `asWritten` takes away what may differ. */
function expectOneOf({ resend }: Service, asWritten = (body: string) => body): void {
  expect(resend.mails).toHaveLength(1)
  const attempts = resend.requests.map(({ headers, body }) => `${headers['idempotency-key']} ${asWritten(body)}`)
  expect(new Set(attempts).size).toBe(1)
}

/** What was certainly not taken is written again, and says until when its link serves by then. */
function withoutTime(body: string): string {
  const [until, plain] = [/jusqu’au [^(]+\(/g, 'jusqu’au TIME (']
  expect(body).toMatch(until)
  return body.replaceAll(until, plain)
}

/** When each attempt that took too long was given up. */
function timeouts(processes: Service[]): number[] {
  const lines = processes.flatMap(({ app }) => app.log().split('\n'))
  const events = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  return events
    .filter(({ event, reason }) => event === 'mail_not_sent' && reason === 'timeout')
    .map(({ at }) => Date.parse(at))
}

async function opens(service: Service, { email }: Person): Promise<boolean> {
  const answer = await followRaw(service, linkIn(await mailTo(service.resend, email), 'verify-email'))
  return /^\/fr\/verify-email\?opened=./.test(answer.headers.get('location') ?? '')
}
