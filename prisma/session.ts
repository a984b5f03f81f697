import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { Client } from 'pg'
import type { Env } from '@/lib/env'

/** Which database is migrated: by its direct URL if it has one, else by the other, else the embedded one in `dataDir`. */
export type Target = Pick<Env, 'databaseUrl' | 'dataDir'> & Partial<Pick<Env, 'directDatabaseUrl'>>

/** One connection of its own to a database that is migrated. */
export type Session = {
  query<Row>(statement: string, values?: unknown[]): Promise<Row[]>
  /** Runs a script of any number of statements. */
  run(script: string): Promise<void>
  close(): Promise<void>
}

/** The URL to migrate by; null for the embedded database. */
export function migrationUrl({ directDatabaseUrl, databaseUrl }: Target): string | null {
  return (databaseUrl && directDatabaseUrl) || databaseUrl
}

/** Connects. Throws what the driver says when it cannot, or what `openEmbedded` does. */
export async function openSession(target: Target): Promise<Session> {
  const connectionString = migrationUrl(target)
  return connectionString ? openPostgres(connectionString) : openFolder(target.dataDir)
}

async function openPostgres(connectionString: string): Promise<Session> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    fallback_application_name: 'metamots_migrate',
    keepAlive: true,
  })
  // A lost connection is also the error of the statement that it was lost in.
  client.on('error', () => undefined)
  const close = () => client.end().catch(() => undefined)
  await client.connect().catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    query: async (statement, values = []) => (await client.query(statement, values)).rows,
    run: async (script) => void (await client.query(script)),
    close,
  }
}

async function openFolder(dataDir: string): Promise<Session> {
  const { openEmbedded } = await import('@/lib/db/embedded')
  return embeddedSession(await openEmbedded(dataDir))
}

/** The same on an embedded database that is open. */
export async function embeddedSession(factory: SqlMigrationAwareDriverAdapterFactory): Promise<Session> {
  const connection = await factory.connect()
  return {
    async query<Row>(sql: string, args: unknown[] = []) {
      const argTypes = args.map(() => ({ scalarType: 'string', arity: 'scalar' }) as const)
      const { columnNames, rows } = await connection.queryRaw({ sql, args, argTypes })
      return rows.map((row) => Object.fromEntries(row.map((value, index) => [columnNames[index], value])) as Row)
    },
    run: (script) => connection.executeScript(script),
    close: () => connection.dispose(),
  }
}
