import { deliverDueMail } from '@/lib/accounts/notifier'
import { upkeep } from '@/lib/accounts/upkeep'
import { db } from '@/lib/db/client'
import { ConfigurationError, env } from '@/lib/env'
import { logError } from '@/lib/log'

const sweepMs = 5_000
const upkeepMs = 60_000

/**
 * Begins a server process: checks the configuration (ends the process when it cannot be run with), opens the database
 * and, where the process lives on, sweeps the outbox every five seconds. A serverless function is swept by its scheduler.
 */
export async function startProcess(): Promise<void> {
  // Where nobody takes the log any more, or its disk is full, the service goes on: what counts is in the database.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    env()
    await db()
  } catch (error) {
    if (!(error instanceof ConfigurationError) && (error as Error).name !== 'DatabaseInUseError') throw error
    console.error((error as Error).message)
    process.exit(1)
  }
  if (!process.env.VERCEL) every(sweepMs, deliverDueMail)
  if (!process.env.VERCEL) every(upkeepMs, upkeep)
}

function every(milliseconds: number, work: () => Promise<unknown>): void {
  setTimeout(async () => {
    await work().catch((error: unknown) => logError('sweep_failed', error))
    every(milliseconds, work)
  }, milliseconds).unref()
}
