import { randomUUID } from 'node:crypto'
import { Pool, type PoolClient } from 'pg'
import { migrate } from '@/prisma/migrate'
import type { PostgresServer } from '@/tests/support/postgres/server'

export type Naive = {
  url: string
  /** Runs `work` so many times at the same moment, each in its own transaction; a failure is returned, not thrown. */
  crowd<Value>(count: number, work: (client: PoolClient, index: number) => Promise<Value>): Promise<(Value | Error)[]>
  run(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  end(): Promise<void>
}

/** A database of the service with one account and its live reset link, for statements that are not ours. */
export async function startNaive(postgres: PostgresServer): Promise<Naive> {
  const url = await postgres.createDatabase(randomUUID())
  await migrate({ databaseUrl: url, dataDir: '' })
  const pool = new Pool({ connectionString: url, max: 32 })
  // All connected beforehand, so that they begin together.
  const clients = await Promise.all(Array.from({ length: 32 }, () => pool.connect()))
  for (const client of clients) client.release()
  await pool.query(account)
  return {
    url,
    crowd: (count, work) =>
      Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const client = await pool.connect()
          try {
            await client.query('BEGIN')
            const value = await work(client, index)
            await client.query('COMMIT')
            return value
          } catch (error) {
            await client.query('ROLLBACK')
            return error as Error
          } finally {
            client.release()
          }
        }),
      ),
    run: async (sql, values = []) => (await pool.query(sql, values)).rows,
    end: () => pool.end(),
  }
}

const account = `
  WITH someone AS (
    INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "verifiedAt")
    VALUES (gen_random_uuid(), 'a@example.org', 'a@example.org', 'A', 'B', 'BE', 'association', 'fr', now()) RETURNING "id"
  ), secret AS (
    INSERT INTO "Credential" ("accountId", "passwordHash") SELECT "id", 'old' FROM someone
  )
  INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "expiresAt")
  SELECT gen_random_uuid(), 'live', 'password_reset', "id", 'a@example.org', now() + interval '30 minutes' FROM someone`
