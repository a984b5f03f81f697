import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { limits, logInAlarm } from '@/lib/limits'
import { consume } from '@/lib/rate-limit'

const { leastFailures, timesUsual } = logInAlarm
/** As the index of failed sign-ins has it, so that nothing else is read. */
const isFailure = Prisma.sql`("name" = 'authn_login_fail' OR "name" = 'authn_login_fail_max' OR "name" = 'authn_login_lock')`

/**
 * Raises an alarm, once an hour at most, when far more sign-ins of the last hour failed than usually do in an hour of the
 * week before. For the sweep, so that no request waits for it; the week is counted only where the hour stands out.
 */
export async function watchLogInFailures(): Promise<void> {
  const client = await db()
  const [verdict] = await client.$queryRaw<[{ isAlarming: boolean }]>`
    SELECT CASE WHEN "failures" < ${leastFailures}::int THEN false ELSE "failures" > ${timesUsual}::float8 / (7 * 24) * (
      SELECT count(*) FROM "Event"
      WHERE "at" BETWEEN now() - interval '7 days 1 hour' AND now() - interval '1 hour' AND ${isFailure}
    ) END AS "isAlarming"
    FROM (SELECT count(*) AS "failures" FROM "Event" WHERE "at" > now() - interval '1 hour' AND ${isFailure}) AS lately`
  if (verdict.isAlarming && (await consume(client, 'log_in_alarm', 'everybody', limits.log_in_alarm)))
    await recordEvent(client, 'authn_login_fail_surge')
}
