import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { openEmbedded } from '@/lib/db/embedded'
import { type Env, env } from '@/lib/env'
import { allTables, withSchemaEngine } from '@/prisma/engine'

const migrationsFolder = path.join('prisma', 'migrations')

/**
 * Brings the configured database up to the newest migration and returns the names of those it applied. Harmless to
 * repeat and to start in several processes at once: the engine holds a lock of its one session meanwhile.
 */
export async function migrate(
  { databaseUrl, dataDir }: Pick<Env, 'databaseUrl' | 'dataDir'> = env(),
): Promise<string[]> {
  const factory = databaseUrl
    ? new PrismaPg({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 10_000 })
    : await openEmbedded(dataDir)
  const migrationsList = await readMigrations()
  return withSchemaEngine(factory, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ filters: allTables, migrationsList })
    return appliedMigrationNames
  })
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
