import { db } from '@/lib/db/client'
import type { Mail } from '@/lib/db/generated/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { timePassed } from '@/tests/support/postgres/time-passed'

/** The mail that was asked for last. */
export async function getMail(): Promise<Mail> {
  return (await db()).mail.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
}

/** Tries every waiting mail at once, however long it or the provider’s trouble would have waited. Returns how many. */
export async function tryAgain(): Promise<number> {
  const client = await db()
  await client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() WHERE "state" = 'waiting'`
  await client.$executeRaw`UPDATE "MailTrouble" SET "probeAt" = now()`
  return deliverDueMail()
}

/** As if the worker that holds a lease had taken it so many seconds earlier. */
export async function ageLeases(seconds: number): Promise<void> {
  await (await db())
    .$executeRaw`UPDATE "Mail" SET "leasedUntil" = "leasedUntil" - ${seconds}::int * interval '1 second'`
}

/** As if so many minutes had passed without a worker, for mail and links. */
export async function passTime(minutes: number): Promise<void> {
  const client = await db()
  for (const statement of timePassed(minutes)) await client.$executeRawUnsafe(statement)
}

/** The wait in milliseconds that `attempt` set before the next one, by the database's clock, with its bounds. */
export async function waitSetBy(attempt: () => Promise<unknown>): Promise<{ atLeast: number; atMost: number }> {
  const before = await clock()
  await attempt()
  const after = await clock()
  const next = (await getMail()).nextAttemptAt.getTime()
  return { atLeast: next - after, atMost: next - before }
}

/** What time the database has, in milliseconds. */
export async function clock(): Promise<number> {
  const [row] = await (await db()).$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS "now"`
  return row.now.getTime()
}
