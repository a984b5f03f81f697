import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { lockFolder } from '@/lib/db/folder-lock'
import { asFaultOfFolder } from '@/lib/env'

/** Says that another process, here or in another container, has the embedded database open. */
export class DatabaseInUseError extends Error {
  constructor(dataDir: string, pid: number | null) {
    super(
      `Another process${pid === null ? '' : ` (${pid})`} is using the embedded database in ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    )
    this.name = 'DatabaseInUseError'
  }
}

/**
 * Opens the embedded database in `dataDir`, made when absent and kept to its owner. Throws DatabaseInUseError when another
 * process has it open, ConfigurationError when nothing can be kept there.
 */
export async function openEmbedded(dataDir: string): Promise<SqlMigrationAwareDriverAdapterFactory> {
  const lock = await lockData(dataDir)
  try {
    const database = await PGlite.create(path.join(dataDir, 'database'))
    return embeddedFactory(database, async () => {
      await database.close()
      lock.release()
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

async function lockData(dataDir: string) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // A folder that was there before may be open to everybody, and so would be the files of the database.
    chmodSync(dataDir, 0o700)
    const lock = await lockFolder(dataDir)
    if ('release' in lock) return lock
    throw new DatabaseInUseError(dataDir, lock.holder)
  } catch (error) {
    throw asFaultOfFolder(error, dataDir)
  }
}

/** Prisma's way to an opened embedded database; `close` is called when Prisma lets go of it. */
export function embeddedFactory(database: PGlite, close: () => Promise<void>): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPGlite(database)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection: SqlDriverAdapter = await connect()
    connection.dispose = close
    // The adapter's own neither waits for the script nor reports its failure (pglite-prisma-adapter 0.7.2).
    connection.executeScript = async (script) => {
      await database.exec(script)
    }
    return connection
  }
  return factory
}
