import { randomUUID } from 'node:crypto'
import { applyNext } from '@/prisma/apply'
import { type Migration, readMigrations } from '@/prisma/read-migrations'
import { openSession, type Session } from '@/prisma/session'
import { query } from '@/tests/support/postgres/query'

/** Applies migrations up to the named one, which is the last, and leaves the session open. */
export async function applyUpTo(session: Session, last: string): Promise<void> {
  const some = (await readMigrations()).filter(({ name }) => name <= last)
  while (await applyNext(session, some));
}

/** Leaves the database at a URL as `stopSessionWithin` does. */
export async function stopWithin(url: string, migration: Migration, statements: number, logs?: string): Promise<void> {
  const session = await openSession({ databaseUrl: url, dataDir: '' })
  await stopSessionWithin(session, migration, statements, logs)
  await session.close()
}

/**
 * Leaves a database as the former releases did when they were stopped within a migration: all before it applied, so many of
 * its statements committed one by one, and its record begun.
 */
export async function stopSessionWithin(
  session: Session,
  { name, checksum, script }: Migration,
  statements: number,
  logs?: string,
): Promise<void> {
  const before = (await readMigrations()).filter((other) => other.name < name)
  while (await applyNext(session, before));
  await session.run(prismasTable)
  await session.query('INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ($1, $2, $3, $4)', [
    randomUUID(),
    checksum,
    name,
    logs ?? null,
  ])
  for (const statement of statementsIn(script).slice(0, statements)) await session.run(statement)
}

export function statementsIn(script: string): string[] {
  const parts = script.match(/(?:\$\$[\s\S]*?\$\$|--.*|'[^']*'|[^;])+/g) ?? []
  return parts.filter((text) => text.replace(/--.*/g, '').trim() !== '')
}

/** Tables, columns, constraints, indexes, enums, functions and triggers of a database in words, and which migrations are recorded as what. */
export async function shapeOf(url: string): Promise<string[]> {
  const rows = await query(
    url,
    `SELECT concat_ws(' ', 'column', table_name, ordinal_position, column_name, udt_name, is_nullable, column_default) AS line
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT concat_ws(' ', 'enum', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
       FROM pg_enum GROUP BY enumtypid
     UNION ALL SELECT concat_ws(' ', 'function', proname, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
     UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT concat_ws(' ', 'migration', migration_name, checksum, applied_steps_count)
       FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
     UNION ALL SELECT concat_ws(' ', 'unfinished', migration_name)
       FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL
     ORDER BY 1`,
  )
  return rows.map(({ line }) => String(line))
}

/** As Prisma's own engine makes it. */
const prismasTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`
