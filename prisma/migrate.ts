import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { openEmbedded } from '@/lib/db/embedded'
import { type Env, env } from '@/lib/env'
import { allTables, withSchemaEngine } from '@/prisma/engine'

/** Says why the database could not be migrated: not reached, not let in, or a statement that failed. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

const migrationsFolder = path.join('prisma', 'migrations')

/**
 * Brings the configured database up to the newest migration and returns the names of those it applied. Harmless to
 * repeat and to start in several processes at once: the engine holds a lock of its one session meanwhile. Throws
 * MigrationError when it cannot, whose message names the server but no secret of it.
 */
export async function migrate(
  { databaseUrl, dataDir }: Pick<Env, 'databaseUrl' | 'dataDir'> = env(),
): Promise<string[]> {
  const factory = databaseUrl
    ? new PrismaPg({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 10_000 })
    : await openEmbedded(dataDir)
  const migrationsList = await readMigrations()
  const applied = withSchemaEngine(factory, (engine) => engine.applyMigrations({ filters: allTables, migrationsList }))
  const { appliedMigrationNames } = await applied.catch((error: Error) => {
    throw new MigrationError(`The database could not be migrated. ${error.message.trim()}`, { cause: error })
  })
  return appliedMigrationNames
}

/** The migrations of the repository, oldest first, as the engine wants them. */
export async function readMigrations() {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(path.join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
  }
  return { baseDir: migrationsFolder, lockfile, shadowDbInitScript: '', migrationDirectories }
}
