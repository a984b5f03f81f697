import { setTimeout as sleep } from 'node:timers/promises'
import { query } from '@/tests/support/postgres/query'
import { type Line, openLine } from '@/tests/timing/line'
import type { Stage } from '@/tests/timing/stage'

/** How many requests of their own somebody times after a burst, and how often, in milliseconds: as long as its mails are decided. */
const own = { count: 100, everyMs: 25 }

const lines = 4

/**
 * Sends so many requests about one person, each from a network of its own, and then times those of the stranger who did: their mean, for
 * what slows one of them slows its neighbours too. Done when all that was asked for is decided, so that the next burst finds
 * the worker at rest.
 */
export async function timeAfterBurst(
  { port, databaseUrl }: Stage,
  line: Line,
  burst: number,
  about: (line: Line) => Promise<unknown>,
  ask: (line: Line) => Promise<number>,
): Promise<number> {
  await Promise.all(
    Array.from({ length: lines }, async () => {
      const other = openLine(port)
      for (let sent = 0; sent < burst / lines; sent += 1) await about(other)
      other.hangUp()
    }),
  )
  let sum = 0
  for (let sent = 0; sent < own.count; sent += 1) {
    const next = sleep(own.everyMs)
    sum += await ask(line)
    await next
  }
  while (await isAtWork(databaseUrl)) await sleep(250)
  return sum / own.count
}

async function isAtWork(databaseUrl: string): Promise<boolean> {
  const due = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND "nextAttemptAt" <= now() LIMIT 1`
  return (await query(databaseUrl, due)).length > 0
}
