import { beforeEach, expect, test, vi } from 'vitest'
import { logIn } from '@/lib/accounts/log-in'
import { db } from '@/lib/db/client'
import { logInAlarm } from '@/lib/limits'
import { upkeep } from '@/lib/worker/upkeep'
import { newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const { leastFailures } = logInAlarm
const hoursOfWeek = 7 * 24

beforeEach(async () => {
  const client = await db()
  await client.event.deleteMany()
  await client.rateLimit.deleteMany()
})

test('a hundred failed sign-ins of an hour are an alarm where few failed in the week before', async () => {
  await fail(leastFailures - 1)
  expect(await alarmsOfUpkeep()).toBe(0)
  await failOnce()
  expect(await alarmsOfUpkeep()).toBe(1)
})

test('where many fail every hour, more than five times as many are an alarm', async () => {
  await fail(40 * hoursOfWeek, '4 days')
  await fail(200)
  expect(await alarmsOfUpkeep()).toBe(0)
  await failOnce()
  expect(await alarmsOfUpkeep()).toBe(1)
})

test('the alarm is raised once an hour, recorded and logged', async () => {
  const written = vi.spyOn(process.stdout, 'write')
  await fail(leastFailures)
  await upkeep()
  await upkeep()
  expect(await alarmsOfUpkeep()).toBe(1)
  expect(written.mock.calls.filter(([line]) => String(line).includes('"authn_login_fail_surge"'))).toHaveLength(1)
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() - interval '1 second' WHERE "key" LIKE 'log_in_alarm%'`
  expect(await alarmsOfUpkeep()).toBe(2)
})

test('what failed more than an hour or a week ago is no alarm, and successes never are', async () => {
  await fail(leastFailures, '61 minutes')
  await fail(100_000, '8 days')
  await fail(leastFailures, '0 seconds', 'authn_login_success')
  expect(await alarmsOfUpkeep()).toBe(0)
})

test('the alarm reads failed sign-ins and nothing else, however many other events there are', async () => {
  const client = await db()
  await fail(200_000, '0 seconds', 'authn_token_reuse')
  await fail(100_000, '2 days', 'excess_rate_limit_exceeded')
  await fail(leastFailures)
  await client.$executeRaw`ANALYZE "Event"`
  const begun = await reads()
  expect(await alarmsOfUpkeep()).toBe(1)
  const ended = await reads()
  expect(ended.byIndex - begun.byIndex).toBeGreaterThan(0)
  const plan = await client.$queryRaw<{ 'QUERY PLAN': string }[]>`
    EXPLAIN SELECT count(*) FROM "Event" WHERE "at" > now() - interval '1 hour'
      AND ("name" = 'authn_login_fail' OR "name" = 'authn_login_fail_max' OR "name" = 'authn_login_lock')`
  expect(JSON.stringify(plan)).toContain('Event_log_in_failures')
})

/** How often the index of failed sign-ins was read. */
async function reads(): Promise<{ byIndex: number }> {
  const client = await db()
  await client.$executeRaw`SELECT pg_stat_force_next_flush()`
  const [row] = await client.$queryRaw<{ byIndex: number }[]>`
    SELECT "idx_scan"::int AS "byIndex" FROM "pg_stat_user_indexes" WHERE "indexrelname" = 'Event_log_in_failures'`
  return row ?? { byIndex: 0 }
}

/** In pieces, for a statement may take three seconds. */
async function fail(count: number, ago = '0 seconds', name = 'authn_login_fail'): Promise<void> {
  const client = await db()
  for (let left = count; left > 0; left -= 10_000)
    await client.$executeRaw`
      INSERT INTO "Event" ("name", "at") SELECT ${name}, now() - ${ago}::interval FROM generate_series(1, ${Math.min(left, 10_000)}::int)`
}

/** Somebody whom nobody knows. */
async function failOnce(): Promise<void> {
  const { email, password } = newPerson()
  const input = { identifier: email, password, locale: 'fr' } as const
  expect(await logIn(input, newCaller(), { session: null, mark: null })).toMatchObject({ ok: false })
}

/** How many alarms are recorded once the sweep has looked. */
async function alarmsOfUpkeep(): Promise<number> {
  await upkeep()
  return (await db()).event.count({ where: { name: 'authn_login_fail_surge' } })
}
