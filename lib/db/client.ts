import { PrismaPg } from '@prisma/adapter-pg'
import { isDriverAdapterError } from '@prisma/driver-adapter-utils'
import { DatabaseError } from 'pg'
import { Prisma, PrismaClient } from '@/lib/db/generated/client'
import { ServicePool } from '@/lib/db/pool'
import { env } from '@/lib/env'

/** What statements can be asked of: the client or a transaction. `Transaction` where it must be one. */
export type Db = Prisma.TransactionClient
export type Transaction = Db

/** What the driver says when no connection came in time, because none was free or a new one was slow, or no answer. */
const waitedTooLong = [
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
  'Query read timeout',
]

/** Prisma's client, and the connections that it uses; null where the database is embedded. */
type Opened = { client: PrismaClient; pool: ServicePool | null }

const cache = globalThis as { __metamotsDb?: Promise<Opened> }

/** The database of this process, opened at the first call. Throws when it cannot be reached. */
export async function db(): Promise<PrismaClient> {
  return (await opened()).client
}

/** The rows of a statement that is often asked and stands by itself: whole or not at all, repeated as a transaction is. */
export async function ask<Row>(statement: Prisma.Sql): Promise<Row[]> {
  const { client, pool } = await opened()
  return repeated(() => pool?.ask<Row>(statement.text, statement.values) ?? client.$queryRaw<Row[]>(statement))
}

/** Closes the database of this process; the next call of `db` opens it again. */
export async function closeDb(): Promise<void> {
  const opened = cache.__metamotsDb
  delete cache.__metamotsDb
  await (await opened)?.client.$disconnect()
}

/**
 * Runs `work` in one transaction: all of it is written, or nothing. Repeated when the database asks for that (40001,
 * 40P01), or when somebody else wrote a unique value first (23505), so that `work` can see it.
 */
export async function transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const client = await db()
  return repeated(() => client.$transaction(work, { maxWait: 1_000, timeout: 4_000 }))
}

function opened(): Promise<Opened> {
  cache.__metamotsDb ??= open().catch((error: unknown) => {
    delete cache.__metamotsDb
    throw error
  })
  return cache.__metamotsDb
}

async function open(): Promise<Opened> {
  const { databaseUrl, dataDir } = env()
  if (databaseUrl) {
    const pool = new ServicePool(databaseUrl)
    const adapter = new PrismaPg(pool, { disposeExternalPool: true })
    return { client: new PrismaClient({ adapter, errorFormat: 'minimal' }), pool }
  }
  const { openEmbedded } = await import('@/lib/db/embedded')
  const adapter = await openEmbedded(dataDir)
  return { client: new PrismaClient({ adapter, errorFormat: 'minimal' }), pool: null }
}

async function repeated<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 3 || !asksForRetry(error)) throw error
    }
  }
}

/** No connection or no time was left; trying again may work. Nothing was written, unless only the answer was lost. */
export function isOverload(error: unknown): boolean {
  const gaveUp = error instanceof Error && waitedTooLong.includes(error.message)
  return gaveUp || says(error, /\b(P2028|P2037|53300|55P03)\b/)
}

/** A table that a statement names is not there, or this role may not read it. */
export function isMissing(error: unknown): boolean {
  return says(error, /\b(P2021|42P01|42501)\b/)
}

/** What a row was to hang on is gone. */
export function breaksReference(error: unknown): boolean {
  return says(error, /\b(P2003|23503)\b/)
}

/** Somebody else wrote a unique value first. */
export function isTaken(error: unknown): boolean {
  return says(error, /\b(P2002|23505)\b/)
}

function asksForRetry(error: unknown): boolean {
  // The COMMIT itself fails by the driver's own error.
  if (isDriverAdapterError(error)) return error.cause.kind === 'TransactionWriteConflict'
  return says(error, /\b(P2034|P2002|40001|40P01|23505)\b/)
}

/** Whether an error has one of the codes: the database's, or Prisma's own or the database's behind it. */
function says(error: unknown, codes: RegExp): boolean {
  if (error instanceof DatabaseError) return codes.test(error.code ?? '')
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return codes.test(`${error.code} ${JSON.stringify(error.meta ?? {})}`)
}
