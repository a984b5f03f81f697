import { randomUUID } from 'node:crypto'
import type { Migration } from '@/prisma/read-migrations'
import type { Session } from '@/prisma/session'

/** What the database knows of its migrations, by their names. */
export type Records = {
  applied: string[]
  /** Begun by an earlier release or another tool and not finished, with what it wrote about the reason. */
  unfinished: Map<string, string>
}

/** Prisma's own table, so that its tools and this one agree. */
const table = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/** Reads what was applied; nothing where no migration ever was. */
export async function readRecords(query: Session['query']): Promise<Records> {
  const [place] = await query<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  )
  if (!place?.there) return { applied: [], unfinished: new Map() }
  const rows = await query<{ name: string; finished: boolean; logs: string | null }>(`
    SELECT migration_name AS name, finished_at IS NOT NULL AS finished, logs
    FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name, started_at`)
  const applied = [...new Set(rows.filter(({ finished }) => finished).map(({ name }) => name))]
  const begun = rows.filter(({ name }) => !applied.includes(name))
  return { applied, unfinished: new Map(begun.map(({ name, logs }) => [name, logs ?? ''])) }
}

/** Makes room for records where there is none yet. */
export async function prepareRecords(session: Session): Promise<void> {
  await session.run(table)
}

/** Writes that a migration is applied; what was left unfinished of it counts as undone. */
export async function recordApplied(session: Session, { name, checksum }: Migration): Promise<void> {
  await session.query(
    `UPDATE public._prisma_migrations SET rolled_back_at = now()
     WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [name],
  )
  await session.query(
    `INSERT INTO public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}
