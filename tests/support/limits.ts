import { db } from '@/lib/db/client'
import { pseudonym } from '@/lib/keys'

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
