import { PrismaPg } from '@prisma/adapter-pg'
import { isDriverAdapterError } from '@prisma/driver-adapter-utils'
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

/**
 * Runs `work` in one transaction: all of it is written, or nothing. Repeated when the database asks for that (40001,
 * 40P01), or when somebody else wrote a unique value first (23505), so that `work` can see it.
 */
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
      adapter: new PrismaPg(new ServicePool(databaseUrl), { disposeExternalPool: true }),
      errorFormat: 'minimal',
    })
  const { openEmbedded } = await import('@/lib/db/embedded')
  return new PrismaClient({ adapter: await openEmbedded(dataDir), errorFormat: 'minimal' })
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

function asksForRetry(error: unknown): boolean {
  // The COMMIT itself fails by the driver's own error.
  if (isDriverAdapterError(error)) return error.cause.kind === 'TransactionWriteConflict'
  return says(error, /\b(P2034|P2002|40001|40P01|23505)\b/)
}

/** Whether an error of Prisma has one of the codes: its own, or the database's behind it. */
function says(error: unknown, codes: RegExp): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return codes.test(`${error.code} ${JSON.stringify(error.meta ?? {})}`)
}
