import { readFile, stat } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { limits } from '@/lib/accounts/policy'
import { readForm } from '@/tests/e2e/raw-form'
import { identityOf, joinRaw, logInRaw, newAddress, submitRaw } from '@/tests/e2e/raw-walks'
import { countOf, crowd, tally } from '@/tests/faults/crowd'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { mailedReset } from '@/tests/faults/mailed'
import { openReset, sendReset, succeeded } from '@/tests/faults/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

test('R-RATE-02: of 32 requests of one network address over two processes at once, exactly as many pass as the limit says', async ({
  service,
  twin,
}) => {
  const processes = [service, twin]
  const person = await joinRaw(service)
  const mailed = await openReset(service, await mailedReset(service, person))
  const dead = mailed.cookie.replace(/[\w-]{43}/, 'a'.repeat(43))
  const signUp = await readForm(service.url, '/fr/signup')
  const logIn = await readForm(service.url, '/fr/login')
  const ask = await readForm(service.url, '/fr/forgot-password')
  const password = 'Un-n0uveau secret'
  for (let round = 0; round < 5; round += 1) {
    const headers = { 'x-test-address': newAddress() }

    const asked = await crowd(32, processes, (process) => submitRaw(process, ask, identityOf(newPerson()), { headers }))
    const [{ max: asks }] = limits.resetRequestPerAddress
    expect(await tally(asked)).toEqual({ '/fr/forgot-password/sent': asks, too_many_requests: 32 - asks })

    const joined = await crowd(32, processes, (process) =>
      submitRaw(process, signUp, newPerson({ password }), { headers }),
    )
    const [{ max: joins }] = limits.signUpPerAddress
    expect(await tally(joined)).toEqual({ '/fr/signup/sent': joins, too_many_requests: 32 - joins })

    const signedIn = await crowd(32, processes, (process, index) =>
      submitRaw(process, logIn, { identifier: `nobody-${index}@example.org`, password, locale: 'fr' }, { headers }),
    )
    const [{ max: logIns }] = limits.logInPerAddress
    expect(await tally(signedIn)).toEqual({ invalid_credentials: logIns, too_many_requests: 32 - logIns })

    const redeemed = await crowd(32, processes, (process) =>
      submitRaw(
        process,
        mailed.form,
        { ...identityOf(person), newPassword: password },
        { headers: { ...headers, cookie: dead } },
      ),
    )
    const [{ max: redeems }] = limits.resetRedeemPerAddress
    // Over the limit the page comes again; here it is the page of a dead link.
    expect(countOf(redeemed.map(({ status }) => `${status}`))).toEqual({ 303: redeems, 200: 32 - redeems })
  }
  expect(succeeded(await sendReset(twin, mailed, person, password))).toBe(true)
  await expectLaws(service)
})

test('R-RATE-02: of 32 who guess the current password of one account over two processes at once, ten are heard', async ({
  service,
  twin,
}) => {
  const person = await joinRaw(service)
  const cookie = await logInRaw(service, person)
  const form = await readForm(service.url, '/fr/account/change-password', { cookie })
  const fields = { currentPassword: 'Encore un-n0uveau', newPassword: 'Un-n0uveau secret' }
  const answers = await crowd(32, [service, twin], (process) =>
    submitRaw(process, form, fields, { headers: { cookie } }),
  )
  const [{ max }] = limits.currentPasswordPerAccount
  const heard = await tally(answers)
  expect(heard.too_many_requests).toBe(32 - max)
  const refused = `SELECT 1 FROM "Event" WHERE "name" = 'authn_password_change_fail'`
  expect(await query(service.databaseUrl, refused)).toHaveLength(max)
  await expectLaws(service)
})

test('F23: of 200 uses of one limit, forty at a time over two processes, each is counted and none waits for another for ever', async ({
  service,
  twin,
}) => {
  const form = await readForm(service.url, '/fr/forgot-password')
  const fields = identityOf(newPerson())
  const headers = { 'x-test-address': newAddress() }
  const { logFile } = service.postgres
  const { size } = await stat(logFile)
  const answers: Response[] = []
  while (answers.length < 200)
    answers.push(...(await crowd(40, [service, twin], (process) => submitRaw(process, form, fields, { headers }))))
  const [{ max }] = limits.resetRequestPerAddress
  expect(await tally(answers)).toEqual({ '/fr/forgot-password/sent': max, too_many_requests: 200 - max })
  // The shorter window counts all; what it refuses does not use up the day.
  const rows = `SELECT "hits" FROM "RateLimit" WHERE "key" LIKE 'reset_request:%' ORDER BY "hits" DESC`
  expect(await query(service.databaseUrl, rows)).toEqual([{ hits: 200 }, { hits: max }])
  const said = (await readFile(logFile)).subarray(size).toString()
  expect(said.match(/.*(deadlock|canceling statement).*/g)).toBeNull()
  await expectLaws(service)
})
