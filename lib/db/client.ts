import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@/lib/db/generated/client'
import { env } from '@/lib/env'

export type Transaction = Prisma.TransactionClient

const poolOptions = {
  max: 5,
  connectionTimeoutMillis: 2_000,
  idleTimeoutMillis: 10_000,
  statement_timeout: 3_000,
  lock_timeout: 1_000,
  idle_in_transaction_session_timeout: 5_000,
}

const cache = globalThis as { __metamotsDb?: Promise<PrismaClient> }

/** The database of this process, opened at the first call. Throws when it cannot be reached. */
export function db(): Promise<PrismaClient> {
  cache.__metamotsDb ??= open().catch((error: unknown) => {
    delete cache.__metamotsDb
    throw error
  })
  return cache.__metamotsDb
}

/** Closes the database of this process; the next call of `db` opens it again. */
export async function closeDb(): Promise<void> {
  const opened = cache.__metamotsDb
  delete cache.__metamotsDb
  await (await opened)?.$disconnect()
}

/** Runs `work` in one transaction: all of it is written, or nothing. Repeated when the database asks for that (40001, 40P01). */
export async function transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const client = await db()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.$transaction(work, { maxWait: 1_000, timeout: 4_000 })
    } catch (error) {
      if (attempt === 3 || !asksForRetry(error)) throw error
    }
  }
}

async function open(): Promise<PrismaClient> {
  const { databaseUrl, dataDir } = env()
  if (databaseUrl)
    return new PrismaClient({
      adapter: new PrismaPg({ connectionString: databaseUrl, ...poolOptions }),
      errorFormat: 'minimal',
    })
  const { openEmbedded } = await import('@/lib/db/embedded')
  return new PrismaClient({ adapter: await openEmbedded(dataDir), errorFormat: 'minimal' })
}

function asksForRetry(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return error.code === 'P2034' || /\b(40001|40P01)\b/.test(JSON.stringify(error.meta ?? {}))
}
