import { db } from '@/lib/db/client'
import { attempt, type Tried } from '@/lib/failures'
import { guesses } from '@/lib/limits'
import { consume } from '@/lib/rate-limit'
import { pseudonym } from '@/lib/secrets'

/** As if so many seconds had passed for the limits of a subject, or for all limits. */
export async function pass(subject: string | null, seconds: number): Promise<void> {
  const keys = subject === null ? '%' : `%:(${pseudonym(subject)}|${subject})`
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "endsAt" = "endsAt" - span, "blockedUntil" = "blockedUntil" - span
    FROM (SELECT ${seconds}::int * interval '1 second' AS span) AS past WHERE "key" SIMILAR TO ${keys}`
}

/** As if so many seconds of its wait were over, on the same day. */
export async function endure(subject: string, seconds: number): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "blockedUntil" = "blockedUntil" - ${seconds}::int * interval '1 second'
    WHERE "key" = ${`test:${pseudonym(subject)}`}`
}

/** What is counted of a subject: of failures by its id, of all else by its digest. */
export async function rowsOf(subject: string) {
  const isOf = [subject, pseudonym(subject)].map((end) => ({ key: { endsWith: `:${end}` } }))
  return (await db()).rateLimit.findMany({ where: { OR: isOf }, orderBy: { key: 'asc' } })
}

/** Asks so many times, and returns how often it was allowed. */
export async function uses(subject: string, windows: readonly { max: number; seconds: number }[], times: number) {
  const client = await db()
  let allowed = 0
  for (let use = 0; use < times; use += 1) if (await consume(client, 'test', subject, windows)) allowed += 1
  return allowed
}

/** What a test tries, as whoever signs in does. */
export function triedBy(subject: string): Tried {
  return { action: 'test', subject: pseudonym(subject), row: { action: 'test_row', max: 100, seconds: 86_400 } }
}

/** Whether an attempt may be made now; it is counted as a failure. */
export async function tried(subject: string): Promise<boolean> {
  return (await attempt(await db(), triedBy(subject), guesses.log_in)) !== null
}
