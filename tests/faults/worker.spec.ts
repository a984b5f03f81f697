import { expect } from '@playwright/test'
import { expectLaws } from '@/tests/support/checks/laws'
import { withMailHeld } from '@/tests/support/checks/statements'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { askForResetRaw, joinRaw, redeemResetRaw, succeeded } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo, sweep } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { timePassed } from '@/tests/support/postgres/time-passed'
import { behaviours } from '@/tests/support/resend/behaviour'

// No timer sweeps: only what a request brings along, and the scheduler.
test.use({ settings: { VERCEL: '1' } })

test('after 45 minutes without a worker no dead link is mailed, and what was asked for arrives with one that serves', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  const [decided, undecided] = [await joinRaw(service), await joinRaw(service)]
  resend.behave(behaviours.serverError)
  await askForResetRaw(service, decided)
  await expect.poll(() => query(databaseUrl, postponed)).toHaveLength(1)
  await withMailHeld(service, async () => {
    await askForResetRaw(service, undecided)
    await expect.poll(() => service.app.log()).toContain('"kick_failed"')
    for (const page of ['login', 'signup', 'forgot-password', 'reset-password', 'verify-email'])
      for (const { url } of [service, twin]) expect((await fetch(`${url}/fr/${page}`)).status, page).toBe(200)
  })
  for (const statement of timePassed(45)) await query(databaseUrl, statement)
  resend.behave(behaviours.ok)
  const before = resend.mails.length
  expect(await query(databaseUrl, `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`)).toHaveLength(2)

  await sweep(twin)
  expect(resend.mails.slice(before).map(({ to }) => to)).toEqual([[decided.email], [undecided.email]])
  for (const person of [decided, undecided]) {
    const link = linkIn(await mailTo(resend, person.email, 2), 'reset-password')
    expect(succeeded(await redeemResetRaw(service, link, person, newPassword))).toBe(true)
  }
  await expectLaws(service)
})

/** A mail whose link was made, and that the provider did not take. */
const postponed = `SELECT 1 FROM "Mail" WHERE "template" = 'reset_password' AND "leasedUntil" IS NULL AND "attempts" = 1`
