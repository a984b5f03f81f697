import { readFile } from 'node:fs/promises'
import type { Service } from '@/tests/support/app/service'
import { allMailTried } from '@/tests/support/mail/swept-mail'
import { query } from '@/tests/support/postgres/query'

/** The first statement of a sweep and of a purge. */
const beginningOfWork = /^UPDATE "Mail" /

/**
 * Runs `work` while no mail can be changed, so that nothing but requests speaks to the database: a sweep or purge gets
 * no further than its first statement, however it is woken.
 */
export async function withMailHeld<Value>(service: Service, work: () => Promise<Value>): Promise<Value> {
  await allMailTried(service)
  await query(service.databaseUrl, holdMail)
  try {
    return await work()
  } finally {
    await query(service.databaseUrl, 'DROP TRIGGER held ON "Mail"')
  }
}

/** What the database was asked from the beginning of a request to its answer, one text per round trip. While mail is held. */
export async function statementsOf({ postgres }: Service, request: () => Promise<Response>): Promise<string[]> {
  const before = (await readFile(postgres.logFile, 'utf8')).length
  await (await request()).arrayBuffer()
  return readStatements((await readFile(postgres.logFile, 'utf8')).slice(before)).filter(
    (text) => !beginningOfWork.test(text),
  )
}

const holdMail = `
  CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held by a test'; END $$;
  CREATE TRIGGER held BEFORE UPDATE ON "Mail" FOR EACH STATEMENT EXECUTE FUNCTION hold()`

/** The statements in a log written with `log_statement=all`, in order. Their further lines begin with a tab. */
function readStatements(log: string): string[] {
  const entries = log.split(/\n(?!\t)/)
  const texts = entries.map((entry) => /LOG: {2}(?:statement|execute [^:]*): (.*)/s.exec(entry)?.[1])
  return texts.filter((text) => text !== undefined).map((text) => text.trim().replace(/\s+/g, ' '))
}
