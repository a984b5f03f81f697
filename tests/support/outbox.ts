import { deliverDueMail } from '@/lib/accounts/notifier'
import { db } from '@/lib/db/client'
import type { Mail } from '@/lib/db/generated/client'
import { timePassed } from '@/tests/support/time-passed'

/** The mail that was asked for last. */
export async function getMail(): Promise<Mail> {
  return (await db()).mail.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
}

/** Has the worker try every waiting mail at once, however long it would have waited. Returns how many it took up. */
export async function tryAgain(): Promise<number> {
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() WHERE "state" = 'waiting'`
  return deliverDueMail()
}

/** As if the worker that holds a lease had taken it so many seconds earlier. */
export async function ageLeases(seconds: number): Promise<void> {
  await (await db())
    .$executeRaw`UPDATE "Mail" SET "leasedUntil" = "leasedUntil" - ${seconds}::int * interval '1 second'`
}

/** As if there had been no worker for so long: everything that the outbox and the links know of time is longer ago. */
export async function passTime(minutes: number): Promise<void> {
  const client = await db()
  for (const statement of timePassed(minutes)) await client.$executeRawUnsafe(statement)
}

/** Bounds in milliseconds of the wait that `attempt` set before the next one, by the database's clock. */
export async function waitSetBy(attempt: () => Promise<unknown>): Promise<{ atLeast: number; atMost: number }> {
  const before = await clock()
  await attempt()
  const after = await clock()
  const next = (await getMail()).nextAttemptAt.getTime()
  return { atLeast: next - after, atMost: next - before }
}

async function clock(): Promise<number> {
  const [row] = await (await db()).$queryRaw<[{ now: Date }]>`SELECT now()`
  return row.now.getTime()
}
