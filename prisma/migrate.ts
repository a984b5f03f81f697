import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { applyNext, StepError } from '@/prisma/apply'
import { explained, mayPass } from '@/prisma/migration-error'
import { type Migration, readMigrations } from '@/prisma/read-migrations'
import { openSession, type Target } from '@/prisma/session'

/** How long a migration waits in all for others: for one that migrates, for locks such as a backup's, for a server that restarts. */
const patienceMs = 300_000

/**
 * Brings the configured database up to the newest migration and returns the names of those it applied. Each is applied whole
 * or not at all, by one of any number of processes that start at once, and one that was left unfinished is taken up. Waits for
 * others for five minutes at most, and logs that. Throws MigrationError when it cannot, whose message says which migration,
 * why and what to do, and holds no secret.
 */
export async function migrate(target: Target = env(), options: { patienceMs?: number } = {}): Promise<string[]> {
  const migrations = await readMigrations()
  const applied: string[] = []
  let deadline = Date.now() + (options.patienceMs ?? patienceMs)
  for (let tries = 1; ; tries += 1) {
    const before = applied.length
    try {
      await applyAll(target, migrations, applied)
      return applied
    } catch (error) {
      if (applied.length > before) deadline = Date.now() + (options.patienceMs ?? patienceMs)
      if (!mayPass(error, tries > 1) || Date.now() > deadline) throw explained(error, target)
      if (tries > 1) logEvent('migration_waits', reasonOf(error))
      await sleep(100 + Math.random() * Math.min(200 * tries, 3_000))
    }
  }
}

async function applyAll(target: Target, migrations: Migration[], applied: string[]): Promise<void> {
  const session = await openSession(target)
  try {
    for (let name = await applyNext(session, migrations); name; name = await applyNext(session, migrations))
      applied.push(name)
  } finally {
    await session.close()
  }
}

function reasonOf(error: unknown) {
  return {
    migration: error instanceof StepError ? error.migration : null,
    code: (error as { code?: string }).code ?? null,
  }
}
