import { logInBackoff } from '@/lib/accounts/policy'
import { db } from '@/lib/db/client'
import { pseudonym } from '@/lib/keys'
import { attempt, consume } from '@/lib/rate-limit'

/** As if everything about a subject had happened so many seconds earlier. */
export async function pass(subject: string, seconds: number): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "endsAt" = "endsAt" - span, "blockedUntil" = "blockedUntil" - span
    FROM (SELECT ${seconds}::int * interval '1 second' AS span) AS past WHERE "key" LIKE ${`%:${pseudonym(subject)}`}`
}

/** As if so many seconds of its wait were over, within the same day. */
export async function endure(subject: string, seconds: number): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "blockedUntil" = "blockedUntil" - ${seconds}::int * interval '1 second'
    WHERE "key" = ${`test:${pseudonym(subject)}`}`
}

export async function rowsOf(subject: string) {
  return (await db()).rateLimit.findMany({ where: { key: { endsWith: pseudonym(subject) } }, orderBy: { key: 'asc' } })
}

/** Asks so many times, and returns how often it was allowed. */
export async function uses(subject: string, windows: readonly { max: number; seconds: number }[], times: number) {
  const client = await db()
  let allowed = 0
  for (let use = 0; use < times; use += 1) if (await consume(client, 'test', subject, windows)) allowed += 1
  return allowed
}

/** Whether an attempt may be made now; it is counted as a failure. */
export async function tried(subject: string): Promise<boolean> {
  return (await attempt(await db(), 'test', subject, logInBackoff)) !== null
}
