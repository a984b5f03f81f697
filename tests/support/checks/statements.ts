import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Service } from '@/tests/support/app/service'
import { allMailTried } from '@/tests/support/mail/swept-mail'
import { query } from '@/tests/support/postgres/query'

/** What a sweep asks first, and each statement of the upkeep. */
const isOfWorker = /^UPDATE "Mail" |FOR UPDATE SKIP LOCKED|AS "isAlarming"|AS "oldestAge"/

/** Runs `work` while no mail can be changed, so that a sweep gets no further than its first statement, however it is woken. */
export async function withMailHeld<Value>(service: Service, work: () => Promise<Value>): Promise<Value> {
  await allMailTried(service)
  await query(service.databaseUrl, holdMail)
  try {
    return await work()
  } finally {
    await query(service.databaseUrl, 'DROP TRIGGER held ON "Mail"')
  }
}

/**
 * What the database was asked from the beginning of a request to its answer, one text per round trip, but for what the
 * worker asked meanwhile. While mail is held.
 */
export async function statementsOf({ postgres }: Service, request: () => Promise<Response>): Promise<string[]> {
  const { size } = await stat(postgres.logFile)
  await (await request()).arrayBuffer()
  const written = await text(createReadStream(postgres.logFile, { start: size }))
  const transactions = readTransactions(written)
  return transactions.filter((texts) => !texts.some((one) => isOfWorker.test(one))).flat()
}

const holdMail = `
  CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held by a test'; END $$;
  CREATE TRIGGER held BEFORE UPDATE ON "Mail" FOR EACH STATEMENT EXECUTE FUNCTION hold()`

/**
 * The statements in a log written with `log_statement=all`, a list for each transaction that began in it. Their further lines
 * begin with a tab.
 */
function readTransactions(log: string): string[][] {
  const transactions: { connection: string; texts: string[] }[] = []
  const open = new Map<string, string[]>()
  for (const entry of log.split(/\n(?!\t)/)) {
    const [, connection = '', said] = /\[(\d+)\] LOG: {2}(?:statement|execute [^:]*): (.*)/s.exec(entry) ?? []
    if (said === undefined) continue
    const statement = said.trim().replace(/\s+/g, ' ')
    const isEnd = statement === 'COMMIT' || statement === 'ROLLBACK'
    const texts = open.get(connection) ?? []
    if (isEnd && texts.length === 0) for (const one of transactions) if (one.connection === connection) one.texts = []
    if (texts.push(statement) === 1 && !isEnd) transactions.push({ connection, texts })
    if (statement === 'BEGIN') open.set(connection, texts)
    if (isEnd) open.delete(connection)
  }
  return transactions.map(({ texts }) => texts)
}
