import { readFile } from 'node:fs/promises'
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
  const transactions = async () => readTransactions(await readFile(postgres.logFile, 'utf8'))
  const { length: before } = await transactions()
  await (await request()).arrayBuffer()
  const begun = (await transactions()).slice(before)
  return begun.filter((texts) => !texts.some((text) => isOfWorker.test(text))).flat()
}

const holdMail = `
  CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held by a test'; END $$;
  CREATE TRIGGER held BEFORE UPDATE ON "Mail" FOR EACH STATEMENT EXECUTE FUNCTION hold()`

/** The statements in a log written with `log_statement=all`, a list for each transaction. Their further lines begin with a tab. */
function readTransactions(log: string): string[][] {
  const transactions: string[][] = []
  const open = new Map<string, string[]>()
  for (const entry of log.split(/\n(?!\t)/)) {
    const [, connection = '', text] = /\[(\d+)\] LOG: {2}(?:statement|execute [^:]*): (.*)/s.exec(entry) ?? []
    if (text === undefined) continue
    const statement = text.trim().replace(/\s+/g, ' ')
    const transaction = open.get(connection) ?? []
    if (transaction.push(statement) === 1) transactions.push(transaction)
    if (statement === 'BEGIN') open.set(connection, transaction)
    if (statement === 'COMMIT' || statement === 'ROLLBACK') open.delete(connection)
  }
  return transactions
}
