import { readFile, stat } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { guesses, limits } from '@/lib/limits'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers, countOf, crowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { openReset } from '@/tests/support/faults/resets'
import { newAddress, readForm, submitRaw } from '@/tests/support/http/forms'
import { identityOf, joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/support/sample'

test('of 32 requests of one network address over two processes at once, exactly as many pass as the limit says', async ({
  service,
  twin,
}) => {
  const processes = [service, twin]
  const person = await joinRaw(service)
  const expired = await openReset(service, await joinRaw(service))
  await query(service.databaseUrl, 'UPDATE "Token" SET "expiresAt" = now()')
  const mailed = await openReset(service, person)
  const signUp = await readForm(service.url, '/fr/signup')
  const logIn = await readForm(service.url, '/fr/login')
  const ask = await readForm(service.url, '/fr/forgot-password')
  for (let round = 0; round < roundsOf(5); round += 1) {
    const headers = { 'x-test-address': newAddress() }

    const asked = await crowd(32, processes, (process) => submitRaw(process, ask, identityOf(newPerson()), { headers }))
    await expectLimit(asked, '/fr/forgot-password/sent', limits.reset_request[0].max)

    const joined = await crowd(32, processes, (process) =>
      submitRaw(process, signUp, newPerson({ password: newPassword }), { headers }),
    )
    await expectLimit(joined, '/fr/signup/sent', limits.sign_up[0].max)

    const signedIn = await crowd(32, processes, (process, index) =>
      submitRaw(
        process,
        logIn,
        { identifier: `nobody-${index}@example.org`, password: newPassword, locale: 'fr' },
        { headers },
      ),
    )
    await expectLimit(signedIn, 'invalid_credentials', limits.log_in[0].max)

    const redeemed = await crowd(32, processes, (process) =>
      submitRaw(
        process,
        expired.form,
        { ...identityOf(person), newPassword },
        { headers: { ...headers, cookie: expired.cookie } },
      ),
    )
    const [{ max: redeems }] = limits.reset_redeem
    // Over the limit the page comes again; here it is the page of a dead link.
    expect(countOf(redeemed.map(({ status }) => `${status}`))).toEqual({ 303: redeems, 200: 32 - redeems })
  }
  expect(succeeded(await sendReset(twin, mailed, person, newPassword))).toBe(true)
  await expectLaws(service)
})

test('of 32 who guess the current password of one account over two processes at once, ten are heard', async ({
  service,
  twin,
}) => {
  const person = await joinRaw(service)
  const cookie = await logInRaw(service, person)
  const form = await readForm(service.url, '/fr/account/change-password', { cookie })
  const fields = { currentPassword: 'Encore un-n0uveau', newPassword }
  const answers = await crowd(32, [service, twin], (process) =>
    submitRaw(process, form, fields, { headers: { cookie } }),
  )
  const { maxFailuresPerDay: max } = guesses.current_password
  const { busy = 0, '/fr/login': ledToSignIn = 0 } = await countAnswers(answers)
  const refused = await query(service.databaseUrl, `SELECT 1 FROM "Event" WHERE "name" = 'authn_password_change_fail'`)
  expect(refused.length).toBeLessThanOrEqual(max)
  expect(refused.length + busy).toBeGreaterThanOrEqual(max)
  // The last who is heard is led to sign in, and so is whoever comes after that.
  if (refused.length === max) expect(ledToSignIn).toBeGreaterThan(0)
  if (refused.length === max) expect(await query(service.databaseUrl, `SELECT 1 FROM "Session"`)).toEqual([])
  await expectLaws(service)
})

test('of 200 uses of one limit, forty at a time over two processes, none is lost and none waits for another for ever', async ({
  service,
  twin,
}) => {
  const form = await readForm(service.url, '/fr/forgot-password')
  const headers = { 'x-test-address': newAddress() }
  const { logFile } = service.postgres
  const { size } = await stat(logFile)
  const answers: Response[] = []
  while (answers.length < 200)
    answers.push(
      ...(await crowd(40, [service, twin], (process) =>
        submitRaw(process, form, identityOf(newPerson()), { headers }),
      )),
    )
  const [{ max }] = limits.reset_request
  await expectLimit(answers, '/fr/forgot-password/sent', max)
  // What is refused leaves no trace, in the shorter window as in the day.
  const rows = `SELECT "hits" FROM "RateLimit" WHERE "key" LIKE 'reset\\_request:%'`
  expect(await query(service.databaseUrl, rows)).toEqual([{ hits: max }, { hits: max }])
  const said = (await readFile(logFile)).subarray(size).toString()
  expect(said.match(/.*(deadlock|canceling statement).*/g)).toBeNull()
  await expectLaws(service)
})

/** As many pass as the limit says, and nothing else is said; who is told that the service is busy may have been counted. Returns how many those are. */
async function expectLimit(answers: Response[], passes: string, max: number): Promise<number> {
  const { [passes]: passed = 0, too_many_requests: refused = 0, busy = 0, ...others } = await countAnswers(answers)
  expect(others).toEqual({})
  expect(passed + refused + busy).toBe(answers.length)
  expect(passed).toBeLessThanOrEqual(max)
  expect(passed + busy).toBeGreaterThanOrEqual(max)
  return busy
}
