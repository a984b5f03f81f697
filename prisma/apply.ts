import type { Migration } from '@/prisma/read-migrations'
import { prepareRecords, type Records, readRecords, recordApplied } from '@/prisma/records'
import type { Session } from '@/prisma/session'

/** Why a migration was not applied, with its name; `code` is the database's, or one of ours. */
export class StepError extends Error {
  readonly code: string

  constructor(
    readonly migration: string,
    cause: unknown,
  ) {
    super((cause as Error).message, { cause })
    this.code = (cause as { code?: string }).code ?? ''
  }
}

/** The key of the lock that Prisma's own engine holds while it migrates, and earlier releases of this service with it. */
const lockKey = 72707369

/** For this transaction alone, whatever the role has. A short wait for locks: everybody queues behind one that waits. */
const settings = {
  search_path: 'public',
  lock_timeout: '1s',
  statement_timeout: '1h',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '1min',
  // The server lets go of the lock soon after the machine that held it is gone.
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  client_min_messages: 'warning',
}

/** Not every release of Postgres knows all of them. */
const setAll = `
  SELECT set_config(wanted.name, wanted.value, true)
  FROM (VALUES ${Object.entries(settings).map(([name, value]) => `('${name}', '${value}')`)}) AS wanted (name, value)
  JOIN pg_settings known USING (name)`

/**
 * Applies the first migration that the database lacks, and records it, in one transaction under a lock of that transaction:
 * all of it or nothing, by one of many. Returns its name; null when none is lacking. Throws StepError.
 */
export async function applyNext(session: Session, migrations: Migration[]): Promise<string | null> {
  let next: Migration | undefined
  try {
    await session.run('BEGIN ISOLATION LEVEL READ COMMITTED')
    await session.query(setAll)
    const before = await readRecords(session.query)
    next = firstLacking(migrations, before)
    if (next) {
      await claim(session)
      if (before.applied.length === 0) await refuseOtherLetters(session)
      // Somebody else may have been faster before the lock was ours.
      const records = await readRecords(session.query)
      next = firstLacking(migrations, records)
      if (next) await apply(session, next, records)
    }
    await session.run('COMMIT')
    return next?.name ?? null
  } catch (error) {
    await session.run('ROLLBACK').catch(() => undefined)
    throw new StepError(next?.name ?? '', error)
  }
}

function firstLacking(migrations: Migration[], { applied }: Records): Migration | undefined {
  return migrations.find(({ name }) => !applied.includes(name))
}

async function claim(session: Session): Promise<void> {
  const [is] = await session.query<{ ours: boolean; standby: boolean; readOnly: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${lockKey}) AS ours, pg_is_in_recovery() AS standby,
       current_setting('transaction_read_only') = 'on' AS "readOnly"`,
  )
  if (is?.standby) throw Object.assign(new Error('standby'), { code: 'standby' })
  if (is?.readOnly) throw Object.assign(new Error('read-only'), { code: '25006' })
  if (!is?.ours) throw Object.assign(new Error('another process migrates'), { code: 'busy' })
}

/** While a database is new another can still be made; later somebody lives with what it cannot keep. */
async function refuseOtherLetters(session: Session): Promise<void> {
  const [is] = await session.query<{ encoding: string }>(`SELECT current_setting('server_encoding') AS encoding`)
  if (is?.encoding !== 'UTF8') throw Object.assign(new Error(`its encoding is ${is?.encoding}`), { code: 'encoding' })
}

async function apply(session: Session, migration: Migration, { unfinished }: Records): Promise<void> {
  await prepareRecords(session)
  const logs = unfinished.get(migration.name)
  if (logs === undefined) await session.run(migration.script)
  else await resume(session, migration, logs)
  await recordApplied(session, migration)
}

const isThere = /^(?:42P07|42701|42710)$/
const isGone = /^42704$/

/**
 * Takes up a migration that an earlier release left unfinished. That one committed each statement by itself, so any number of
 * them are done: those that say so are passed over, and the others may be repeated.
 */
async function resume(session: Session, { script }: Migration, logs: string): Promise<void> {
  if (await passes(session, script, /^(?:42P07|42701|42710|42704)$/)) return
  // It was not the earlier release that made what stood in its way.
  const tolerated = /42P07|42701|42710|already exists/.test(logs) ? /^$/ : isThere
  for (const statement of statementsOf(script))
    await passes(session, statement, /^\s*DROP\b/m.test(statement) ? isGone : tolerated)
}

/** Whether a script ran; false when it failed by one of the codes, and then nothing of it is left. */
async function passes(session: Session, script: string, codes: RegExp): Promise<boolean> {
  await session.run('SAVEPOINT attempt')
  try {
    await session.run(script)
    return true
  } catch (error) {
    if (!codes.test((error as { code?: string }).code ?? '')) throw error
    await session.run('ROLLBACK TO SAVEPOINT attempt')
    return false
  }
}

/** The statements of a script, a function being one; a copy of rows leaves out those that are there. */
function statementsOf(script: string): string[] {
  const parts = script.match(/(?:\$\$[\s\S]*?\$\$|--.*|'[^']*'|[^;])+/g) ?? []
  const statements = parts.filter((part) => part.replace(/--.*/g, '').trim() !== '')
  return statements.map((text) => (/^\s*(?:--.*\s*)*INSERT\b/.test(text) ? `${text} ON CONFLICT DO NOTHING` : text))
}
