import { expect } from '@playwright/test'
import { linkIn, mailTo, sweep } from '@/tests/e2e/fixtures'
import { joinRaw } from '@/tests/e2e/raw-walks'
import { withMailHeld } from '@/tests/e2e/statements'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { askRaw, redeemRaw, succeeded } from '@/tests/faults/walks'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { query } from '@/tests/support/postgres-admin'
import { timePassed } from '@/tests/support/time-passed'

// No timer sweeps: only what a request brings along, and the scheduler.
test.use({ settings: { VERCEL: '1' } })

test('F20: after 45 minutes without a worker no dead link is mailed, that is logged, and what is still worth it arrives', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  const [decided, undecided] = [await joinRaw(service), await joinRaw(service)]
  resend.behave(behaviours.serverError)
  await askRaw(service, decided)
  await expect.poll(() => query(databaseUrl, postponed)).toHaveLength(1)
  await withMailHeld(service, async () => {
    await askRaw(service, undecided)
    await expect.poll(() => service.app.log()).toContain('"kick_failed"')
    for (const page of ['login', 'signup', 'forgot-password', 'reset-password', 'verify-email'])
      for (const { url } of [service, twin]) expect((await fetch(`${url}/fr/${page}`)).status, page).toBe(200)
  })
  for (const statement of timePassed(45)) await query(databaseUrl, statement)
  resend.behave(behaviours.ok)
  const before = resend.mails.length
  expect(await query(databaseUrl, `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`)).toHaveLength(2)

  await sweep(twin)
  expect(resend.mails.slice(before).map(({ to }) => to)).toEqual([[undecided.email]])
  expect(await query(databaseUrl, ends)).toEqual([{ state: 'sent' }, { state: 'abandoned' }])
  expect(twin.app.log()).toMatch(/"mail_abandoned".*"reset_password"/)
  const link = linkIn(await mailTo(resend, undecided.email, 2), 'reset-password')
  expect(succeeded(await redeemRaw(service, link, undecided, 'Un-n0uveau secret'))).toBe(true)
  await expectLaws(service)
})

/** A mail whose link was made, and that the provider did not take. */
const postponed = `SELECT 1 FROM "Mail" WHERE "template" = 'reset_password' AND "leasedUntil" IS NULL AND "attempts" = 1`

const ends = `SELECT "state" FROM "Mail" WHERE "kind" = 'password_reset' ORDER BY "state"`
