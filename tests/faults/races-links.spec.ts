import { expect } from '@playwright/test'
import { randomToken, sha256 } from '@/lib/secrets'
import { expectLaws } from '@/tests/support/checks/laws'
import { countOf, patientCrowd, resetProblem, toldOf } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { mailedReset, openReset, signsIn } from '@/tests/support/faults/resets'
import { openLink, sendOpen } from '@/tests/support/http/forms'
import { changePasswordRaw, joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/support/sample'

test.setTimeout(300_000)

test('of 32 redemptions of one link over two processes at once, one wins and its password holds', async ({
  service,
  twin,
}) => {
  const person = await joinRaw(service)
  for (let round = 0; round < roundsOf(20); round += 1) {
    const passwords = Array.from({ length: 32 }, (_, index) => `Un-n0uveau secret ${round % 2} ${index}`)
    const open = await openReset(service, person)
    const answers = await patientCrowd(32, [service, twin], (process, index) =>
      sendReset(process, open, person, passwords[index] ?? ''),
    )
    const told = await Promise.all(answers.map((answer) => toldOf(twin, answer, open.cookie)))
    // One who comes before the link is used, but after ten others, is asked to wait.
    const { done, used = 0, too_many_requests: refused = 0 } = countOf(told)
    expect([done, used + refused]).toEqual([1, 31])
    const [winner = ''] = passwords.filter((_, index) => told[index] === 'done')
    await logInRaw(twin, { ...person, password: winner })
    const [loser = ''] = passwords.filter((password) => password !== winner)
    expect(await signsIn(service, { ...person, password: loser })).toBe(false)
  }
  await expectLaws(service)
})

test('of two links of one account used at once over two processes, one wins and the other is dead', async ({
  service,
  twin,
}) => {
  const person = await joinRaw(service)
  await query(service.databaseUrl, 'DROP INDEX "Token_one_live"')
  for (let round = 0; round < roundsOf(10); round += 1) {
    const mailed = await mailedReset(service, person)
    const other = mailed.replace(/[\w-]{43}$/, randomToken())
    await query(service.databaseUrl, copyLiveToken(other.slice(-43)))
    const open = [await openLink(service, mailed), await openLink(twin, other)] as const
    const formOf = (index: number) => open[index < 4 ? 0 : 1]
    const answers = await patientCrowd(8, [service, twin], (process, index) =>
      sendReset(process, formOf(index), person, `Un-n0uveau secret ${index}`),
    )
    const told = await Promise.all(answers.map((answer, index) => toldOf(twin, answer, formOf(index).cookie)))
    const winner = told.indexOf('done')
    expect(countOf(told)).toEqual({ done: 1, used: 3, password_changed: 4 })
    expect(countOf(told.slice(winner < 4 ? 4 : 0).slice(0, 4))).toEqual({ password_changed: 4 })
    await logInRaw(service, { ...person, password: `Un-n0uveau secret ${winner}` })
  }
  await expectLaws(service)
})

test('a reset and “this was not me” of one account at once over two processes leave the account to the second', async ({
  service,
  twin,
}) => {
  for (let round = 0; round < roundsOf(6); round += 1) {
    const owner = await joinRaw(service)
    await changePasswordRaw(service, owner, 'Encore un-n0uveau')
    const notMe = await openLink(twin, linkIn(await mailTo(service.resend, owner.email, 2), 'not-me'))
    const reset = await openReset(service, owner)
    const [undone, answer] = await Promise.all([sendOpen(twin, notMe), sendReset(service, reset, owner, newPassword)])
    expect(undone.headers.get('location')).toBe('/fr/not-me/done')
    const problem = await resetProblem(twin, reset.cookie)
    expect(problem).toBe(succeeded(answer) ? 'used' : 'password_changed')
    for (const password of [owner.password, 'Encore un-n0uveau', newPassword])
      expect(await signsIn(service, { ...owner, password })).toBe(false)
  }
  expect(await query(service.databaseUrl, 'SELECT 1 FROM "Session"')).toEqual([])
  await expectLaws(service)
})

test('of 32 wrong guesses over two processes at once, five count and the link is dead', async ({ service, twin }) => {
  const person = await joinRaw(service)
  for (let round = 0; round < roundsOf(10); round += 1) {
    const open = await openReset(service, person)
    const wrong = { ...person, firstName: 'Mallory' }
    const answers = await patientCrowd(32, [service, twin], (process) => sendReset(process, open, wrong, newPassword))
    const told = await Promise.all(answers.map((answer) => toldOf(twin, answer, open.cookie)))
    const { identity_mismatch: mismatches = 0, too_many_attempts: refusals, ...others } = countOf(told)
    expect([refusals, others]).toEqual([32 - mismatches, {}])
    expect(mismatches).toBeLessThan(5)
    expect(await query(service.databaseUrl, newestToken)).toEqual([{ attempts: 5, endReason: 'too_many_attempts' }])
    expect(await query(service.databaseUrl, guesses)).toHaveLength(5 * (round + 1))

    const late = await sendReset(twin, open, person, newPassword)
    expect(late.headers.get('location')).toMatch(/^\/fr\/reset-password\?link=/)
    expect(await resetProblem(twin, open.cookie)).toBe('too_many_attempts')
  }
  await logInRaw(service, person)
  await expectLaws(service)
})

const guesses = `SELECT 1 FROM "Event" WHERE "name" = 'authn_password_change_fail' AND "via" = 'identity_mismatch'`

const newestToken = `
  SELECT "attempts", "endReason" FROM "Token" WHERE "purpose" = 'password_reset' ORDER BY "createdAt" DESC LIMIT 1`

function copyLiveToken(token: string): string {
  return `INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "createdAt", "expiresAt")
    SELECT gen_random_uuid(), '${sha256(token)}', "purpose", "accountId", "sentTo", "createdAt", "expiresAt"
    FROM "Token" WHERE "purpose" = 'password_reset' AND "usedAt" IS NULL AND "endedAt" IS NULL`
}
