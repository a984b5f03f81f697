import { ConfigurationError, env } from '@/lib/env'
import { logError } from '@/lib/log'
import { isFunction } from '@/lib/platform'
import { stopInTime } from '@/lib/worker/stop'

const sweepMs = 5_000
const upkeepMs = 60_000

/**
 * Begins a server process: checks the configuration (ends the process when it cannot be run with) and, where the process
 * lives on, opens the database and sweeps the outbox every five seconds. A function is swept by its scheduler. Nothing is
 * closed by hand at its end: what a mail or a transaction had begun is taken up or undone, and the lock of the data folder
 * goes with the process.
 */
export async function startProcess(): Promise<void> {
  // A closed or full log must not stop the service. What counts is in the database.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  stopInTime()
  await checkConfiguration()
  if (isFunction()) return
  // What a first page of a function does not need is not loaded before it.
  await orEnd(async () => (await import('@/lib/db/client')).db())
  const { deliverDueMail } = await import('@/lib/worker/deliver-mail')
  const { upkeep } = await import('@/lib/worker/upkeep')
  const { tellApps } = await import('@/lib/worker/tell-apps')
  every(sweepMs, deliverDueMail)
  every(sweepMs, tellApps)
  every(upkeepMs, upkeep)
}

/** Ends the process, and says what is wrong, where it cannot be run with its configuration. */
export function checkConfiguration(): Promise<void> {
  return orEnd(env)
}

async function orEnd(begin: () => unknown): Promise<void> {
  try {
    await begin()
  } catch (error) {
    if (!(error instanceof ConfigurationError) && (error as Error).name !== 'DatabaseInUseError') throw error
    console.error((error as Error).message)
    process.exit(1)
  }
}

function every(milliseconds: number, work: () => Promise<unknown>): void {
  setTimeout(async () => {
    await work().catch((error: unknown) => logError('sweep_failed', error))
    every(milliseconds, work)
  }, milliseconds).unref()
}
