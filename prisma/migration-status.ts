import { env } from '@/lib/env'
import { explained } from '@/prisma/migration-error'
import { readMigrations } from '@/prisma/read-migrations'
import { readRecords } from '@/prisma/records'
import { openSession, type Session, type Target } from '@/prisma/session'

/** The names of migrations, oldest first. */
export type MigrationStatus = {
  applied: string[]
  /** What the next run applies. */
  pending: string[]
  /** Of these, what somebody began and did not finish: the next run takes it up. */
  unfinished: string[]
  /** In the database, but not of this release: a newer one was here. It does no harm. */
  unknown: string[]
}

/** How far the configured database is, changing nothing. Throws MigrationError when it cannot be asked. */
export async function migrationStatus(target: Target = env()): Promise<MigrationStatus> {
  try {
    const session = await openSession(target)
    return await statusOf(session.query).finally(session.close)
  } catch (error) {
    throw explained(error, target)
  }
}

/** The same of a database that is open. Throws what its driver says. */
export async function statusOf(query: Session['query']): Promise<MigrationStatus> {
  const names = (await readMigrations()).map(({ name }) => name)
  const { applied, unfinished } = await readRecords(query)
  return {
    applied: names.filter((name) => applied.includes(name)),
    pending: names.filter((name) => !applied.includes(name)),
    unfinished: names.filter((name) => unfinished.has(name)),
    unknown: [...applied, ...unfinished.keys()].filter((name) => !names.includes(name)).sort(),
  }
}
