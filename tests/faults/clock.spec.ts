import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { type Skewed, withSkewed } from '@/tests/support/app/skewed'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers, resetProblem } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { mailedReset } from '@/tests/support/faults/resets'
import { openLink, readForm, submitRaw, submitTo } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { allMailTried } from '@/tests/support/mail/swept-mail'
import { newPassword, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

// All deliveries are asked for: none is taken up by a process whose clock is right.
test.use({ settings: { VERCEL: '1' } })

test('clocks two hours fast and slow, and jumping, change nothing of links, sessions, limits and the times in mails', async ({
  service,
}) => {
  await withSkewed(service, 2, (fast) =>
    withSkewed(service, -2, async (slow) => {
      for (const here of [fast, slow]) await submitTo(here, '/fr/login', {})
      expect([skewTold(fast), skewTold(slow)]).toEqual([2, -2])
      const person = await joinRaw(fast)
      await expectLinkByDatabase(fast, slow, person)
      await expectSessionByDatabase(fast, slow, { ...person, password: newPassword })
      await expectLimitByDatabase(fast, slow, { ...person, password: newPassword })
      // What the last answer had delivered would end with its process.
      await allMailTried(slow)
    }),
  )
  await expectLaws(service)
})

async function expectLinkByDatabase(fast: Skewed, slow: Skewed, person: Person): Promise<void> {
  const open = await openLink(slow, await mailedReset(fast, person))
  const reset = fast.resend.mails.at(-1)
  const [{ asked, ends, life } = {}] = await query(fast.databaseUrl, token)
  expect(reset?.text).toContain(inBrussels(asked))
  expect(reset?.text).toContain(inBrussels(ends))
  expect(life).toBeGreaterThan(28)
  expect(life).toBeLessThanOrEqual(30)

  const problems = () => Promise.all([fast, slow].map((process) => resetProblem(process, open.cookie)))
  expect(await problems()).toEqual([null, null])
  await query(fast.databaseUrl, `UPDATE "Token" SET "expiresAt" = now() - interval '1 second'`)
  expect(await problems()).toEqual(['expired', 'expired'])
  expect(succeeded(await sendReset(slow, open, person, newPassword))).toBe(false)
  await query(fast.databaseUrl, `UPDATE "Token" SET "expiresAt" = now() + interval '1 minute'`)
  expect(await problems()).toEqual([null, null])
  // Between the form and its submission the clock jumps.
  await fast.skew(-2)
  expect(succeeded(await sendReset(fast, open, person, newPassword))).toBe(true)
  await fast.skew(2)
}

async function expectSessionByDatabase(fast: Skewed, slow: Skewed, person: Person): Promise<void> {
  const cookie = await logInRaw(slow, person)
  const pages = () =>
    Promise.all(
      [fast, slow].map(
        async ({ url }) => (await fetch(`${url}/fr/account`, { headers: { cookie }, redirect: 'manual' })).status,
      ),
    )
  await fast.skew(40 * 24)
  await slow.skew(-40 * 24)
  expect(await pages()).toEqual([200, 200])
  await query(fast.databaseUrl, `UPDATE "Session" SET "lastSeenAt" = now() - interval '25 hours'`)
  expect(await pages()).toEqual([307, 307])
  await query(fast.databaseUrl, `UPDATE "Session" SET "lastSeenAt" = now(), "expiresAt" = now() - interval '1 second'`)
  expect(await pages()).toEqual([307, 307])
}

async function expectLimitByDatabase(fast: Skewed, slow: Skewed, person: Person): Promise<void> {
  const form = await readForm(slow.url, '/fr/login')
  const tryBoth = async () => {
    const send = (process: Service) => submitRaw(process, form, credentialsOf(person))
    return countAnswers([await send(fast), await send(slow)])
  }
  const wrong = credentialsOf({ ...person, password: 'Encore un-n0uveau' })
  expect(await countAnswers([await submitRaw(slow, form, wrong)])).toEqual({ invalid_credentials: 1 })
  const wait = (until: string) =>
    query(
      slow.databaseUrl,
      `UPDATE "RateLimit" SET "hits" = 9, "blockedUntil" = ${until} WHERE "key" ~ '^log_in:[^:]+$'`,
    )
  await wait(`now() + interval '1 minute'`)
  expect(await tryBoth()).toEqual({ invalid_credentials: 2 })
  await wait(`now() - interval '1 second'`)
  expect(await tryBoth()).toEqual({ '/fr/account': 2 })
}

const token = `
  SELECT m."createdAt" AS asked, "expiresAt" AS ends, extract(epoch FROM "expiresAt" - now())::float / 60 AS life
  FROM "Token" JOIN "Mail" m ON "kind" = 'password_reset' WHERE "purpose" = 'password_reset'`

/** An hour and minute as a mail to Belgium prints them. */
function inBrussels(instant: unknown): string {
  return new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Brussels', hour: 'numeric', minute: '2-digit' }).format(
    instant as Date,
  )
}

/** By how many hours a process's log differs from the time it is. */
function skewTold({ app }: Service): number {
  const at = /"at":"([^"]+)"/.exec(app.log())?.[1] ?? ''
  return Math.round((Date.parse(at) - Date.now()) / 3_600_000)
}
