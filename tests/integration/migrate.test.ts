import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { applyNext } from '@/prisma/apply'
import { migrate } from '@/prisma/migrate'
import { migrationStatus } from '@/prisma/migration-status'
import { readMigrations } from '@/prisma/read-migrations'
import { openSession } from '@/prisma/session'
import { shapeOf, statementsIn, stopWithin } from '@/tests/support/postgres/migrations'
import { query } from '@/tests/support/postgres/query'
import { openTappedLine } from '@/tests/support/postgres/tapped-line'
import { createTestDatabase } from '@/tests/support/vitest/database'
import { newFolder } from '@/tests/support/vitest/folder'
import { startProgram } from '@/tests/support/vitest/program'

const migrations = await readMigrations()
const names = migrations.map(({ name }) => name)
const closing = names.find((name) => name.endsWith('_closing')) ?? ''

test('a migration of which a former release did a part is taken up, and ends as on a fresh database', async () => {
  const shape = await shapeOf(await newDatabase(inject('postgresTemplate')))
  const parts: [string, number][] = [
    ['_first', 0],
    ['_first', 9],
    ['_several_not_me', 1],
    ['_closing', 1],
    ['_pending_sign_ups', 5],
    ['_fair_turns', 8],
  ]
  for (const [end, done] of parts) {
    const [migration] = migrations.filter(({ name }) => name.endsWith(end))
    if (!migration) throw new Error(`${end} is no migration`)
    expect(statementsIn(migration.script).length).toBeGreaterThanOrEqual(done)
    const url = await newDatabase()
    await stopWithin(url, migration, done)
    const status = await migrationStatus(at(url))
    expect([status.unfinished, status.pending[0]]).toEqual([[migration.name], migration.name])
    expect((await migrate(at(url)))[0]).toBe(migration.name)
    expect(await shapeOf(url), `${end} after ${done}`).toEqual(shape)
    expect(await migrationStatus(at(url))).toEqual({ applied: names, pending: [], unfinished: [], unknown: [] })
  }
})

test('a process that is killed within a migration leaves nothing of it, and the next one applies it', async () => {
  const line = await openTappedLine()
  onTestFinished(() => line.close())
  const shape = await shapeOf(await newDatabase(inject('postgresTemplate')))
  const places: [string, RegExp, 'before' | 'after'][] = [
    ['its script', /ADD VALUE 'address_taken'/, 'before'],
    ['its script', /ADD VALUE 'address_taken'/, 'after'],
    ['its record', /^INSERT INTO public\._prisma_migrations/, 'after'],
  ]
  for (const [what, statement, when] of places) {
    const url = await newDatabase()
    let told = () => {}
    const reached = new Promise<void>((resolve) => {
      told = resolve
    })
    line.listen({
      [when]: (text: string) => {
        if (!statement.test(text)) return
        told()
        return line.held()
      },
    })
    const program = startProgram(
      `const { migrate } = await import('@/prisma/migrate'); await migrate({ databaseUrl: input, dataDir: '' })`,
      line.through(url),
    )
    await reached
    program.kill()
    expect(await program.ended).toBe('SIGKILL')
    line.cut()
    line.listen()
    await migrate(at(url))
    expect(await shapeOf(url), `${when} ${what}`).toEqual(shape)
  }
}, 180_000)

test('nor does one that is killed within a migration of the embedded database', async () => {
  const dataDir = await newFolder()
  const program = startProgram(
    `const { openSession } = await import('@/prisma/session')
    const { applyNext } = await import('@/prisma/apply')
    const { readMigrations } = await import('@/prisma/read-migrations')
    const session = await openSession({ databaseUrl: null, dataDir: input })
    const hold = { ...session, run: async (script) => {
      await session.run(script)
      if (!script.includes("ADD VALUE 'address_taken'")) return
      console.log('within')
      await new Promise((resolve) => setTimeout(resolve, 600_000))
    } }
    while (await applyNext(hold, await readMigrations()));`,
    dataDir,
  )
  expect(await program.line(), program.errors()).toBe('within')
  program.kill()
  await program.ended
  expect(await migrate({ databaseUrl: null, dataDir })).toEqual(
    names.slice(names.findIndex((name) => name.endsWith('_token_purposes'))),
  )
  expect(await migrationStatus({ databaseUrl: null, dataDir })).toMatchObject({ applied: names, pending: [] })
}, 180_000)

test('a migration through DIRECT_DATABASE_URL goes there', async () => {
  const url = await newDatabase()
  const nowhere = 'postgresql://nobody@127.0.0.1:9/nothing'
  expect(await migrate({ databaseUrl: nowhere, directDatabaseUrl: url, dataDir: '' })).toEqual(names)
  await expect(migrate({ databaseUrl: url, directDatabaseUrl: nowhere, dataDir: '' })).rejects.toThrow(
    'See that it runs and that DIRECT_DATABASE_URL is right.',
  )
})

test('five that start at once under the limits that a pooler needs all come up, and each migration is applied once', async () => {
  const byAdmin = await newDatabase()
  const url = await withRole(byAdmin, [
    "statement_timeout = '3s'",
    "lock_timeout = '1s'",
    "idle_in_transaction_session_timeout = '5s'",
  ])
  // The first to come is held for longer than a lock or a statement may last.
  const holder = await connect(url)
  await holder.query('SELECT pg_advisory_lock(72707369)')
  const all = Promise.all(Array.from({ length: 5 }, () => migrate(at(url))))
  await holder.query('SET statement_timeout = 0; SELECT pg_sleep(3.5)')
  await holder.end()
  expect((await all).flat().sort()).toEqual(names)
  expect(await query(byAdmin, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).toEqual(
    names.map((name) => ({ name })),
  )
})

test('a migration that takes long is not ended by the limits of the role', async () => {
  const url = await newDatabase()
  for (const limit of ['statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout'])
    await query(url, `ALTER DATABASE ${nameOf(url)} SET ${limit} = '500ms'`)
  const session = await openSession(at(url))
  const long = { name: '1_long', checksum: '', script: 'SELECT pg_sleep(1.5)' }
  expect(await applyNext(session, [long])).toBe('1_long')
  expect(await applyNext(session, [long])).toBeNull()
  await session.close()
})

test('a backup that reads the tables is waited for, and what cannot be had in time is said by name', async () => {
  const url = await newDatabase()
  const [first] = migrations.filter(({ name }) => name === closing)
  if (first) await stopWithin(url, first, 0)
  const backup = await connect(url)
  await backup.query('BEGIN; LOCK TABLE "Account" IN ACCESS SHARE MODE')
  const failure = await migrate(at(url), { patienceMs: 0 }).catch((error: Error) => error.message)
  expect(failure).toMatch(new RegExp(`^The database could not be migrated\\. ${closing} needs a lock that others kept`))
  expect((await migrationStatus(at(url))).pending[0]).toBe(closing)
  const waiting = migrate(at(url))
  await backup.query('SELECT pg_sleep(2.5); COMMIT')
  await backup.end()
  expect((await waiting)[0]).toBe(closing)
})

test('a database that is read-only is not migrated, and the reason is said', async () => {
  const url = await newDatabase()
  await query(url, `ALTER DATABASE ${nameOf(url)} SET default_transaction_read_only = on`)
  await expect(migrate(at(url))).rejects.toThrow(
    `The database could not be migrated. ${names[0]} is to be applied, but the database is read-only (default_transaction_read_only)`,
  )
})

test('tables, foreign ones too, that others have in the same database are left alone', async () => {
  const url = await newDatabase()
  await query(
    url,
    `CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
     CREATE FOREIGN TABLE lines (line text) SERVER files OPTIONS (filename '/dev/null');
     CREATE TABLE theirs (id int); CREATE VIEW seen AS SELECT * FROM theirs`,
  )
  expect(await migrate(at(url))).toEqual(names)
  expect(await query(url, 'SELECT * FROM lines, seen')).toEqual([])
})

test('what stands in the way under a name of ours is named, and is not taken for ours the second time either', async () => {
  const url = await newDatabase()
  await query(url, 'CREATE TABLE "Event" (theirs int)')
  for (let run = 0; run < 2; run += 1)
    await expect(migrate(at(url))).rejects.toThrow(
      `${names[0]}: relation "Event" already exists, and no migration of this service made it. Nothing of it was applied.`,
    )
  const [first] = migrations
  const formerly = await newDatabase()
  await query(formerly, 'CREATE TABLE "Event" (theirs int)')
  if (first) await stopWithin(formerly, first, 5, 'Database error code: 42P07. relation "Event" already exists')
  await expect(migrate(at(formerly))).rejects.toThrow('no migration of this service made it')
})

test('a role that may not create tables is told so', async () => {
  const url = await newDatabase()
  await query(url, `CREATE ROLE ${nameOf(url)}_guest LOGIN PASSWORD 'guest'`)
  onTestFinished(async () => void (await query(inject('postgresUrl'), `DROP ROLE ${nameOf(url)}_guest`)))
  const guest = Object.assign(new URL(url), { username: `${nameOf(url)}_guest`, password: 'guest' }).href
  await expect(migrate(at(guest))).rejects.toThrow(
    `${names[0]}: permission denied for schema public. Nothing of it was applied. Migrate by the role that owns the tables`,
  )
  await expect(migrate(at(guest.replace(':guest@', ':other@')))).rejects.toThrow(
    /^The database could not be migrated\. `127\.0\.0\.1:\d+` refuses the role or its password/,
  )
})

test('a new database that cannot keep the letters of all names is refused, and one in use goes on', async () => {
  const admin = inject('postgresUrl')
  for (const encoding of ['LATIN1', 'SQL_ASCII']) {
    const name = `letters_${encoding.toLowerCase()}`
    await query(admin, `CREATE DATABASE ${name} ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`)
    onTestFinished(async () => void (await query(admin, `DROP DATABASE ${name} WITH (FORCE)`)))
    const url = Object.assign(new URL(admin), { pathname: name }).href
    const failure = await migrate(at(url)).catch((error: Error) => error.message)
    expect(failure).toContain(`for its encoding is ${encoding}. Create it anew with ENCODING 'UTF8'`)
    expect(await query(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
    const [first] = migrations
    if (first) await stopWithin(url, first, statementsIn(first.script).length)
    await query(url, 'UPDATE _prisma_migrations SET finished_at = now()')
    expect(await migrate(at(url))).toEqual(names.slice(1))
  }
})

test('a role that may not read what was applied is told so', async () => {
  const url = await newDatabase(inject('postgresTemplate'))
  await query(url, `CREATE ROLE ${nameOf(url)}_guest LOGIN PASSWORD 'guest'`)
  onTestFinished(async () => void (await query(inject('postgresUrl'), `DROP ROLE ${nameOf(url)}_guest`)))
  const guest = Object.assign(new URL(url), { username: `${nameOf(url)}_guest`, password: 'guest' }).href
  await expect(migrate(at(guest))).rejects.toThrow(
    'The database could not be migrated. What was applied cannot be read: permission denied for table _prisma_migrations. Grant this role SELECT on it',
  )
})

test('a socket that is not there is named, in whichever way its URL has it', async () => {
  for (const url of ['postgresql://u@/d?host=/nowhere', 'postgresql:///d?host=/nowhere', 'postgresql://u@%2Fnowhere/d'])
    await expect(migrate(at(url))).rejects.toThrow("Can't reach database server at `/nowhere:5432` (ENOENT)")
})

test('a migration of a newer release is known as such and harms nothing', async () => {
  const url = await newDatabase(inject('postgresTemplate'))
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_newer', now())`,
  )
  expect(await migrate(at(url))).toEqual([])
  expect(await migrationStatus(at(url))).toMatchObject({ pending: [], unknown: ['29990101000000_newer'] })
})

function at(databaseUrl: string) {
  return { databaseUrl, dataDir: '' }
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

async function newDatabase(template?: string): Promise<string> {
  const database = await createTestDatabase(template ? { template } : {})
  onTestFinished(() => database.drop())
  return database.url
}

/** The same database for a role of its own, which owns it and has these settings. */
async function withRole(url: string, settings: string[]): Promise<string> {
  const role = `${nameOf(url)}_owner`
  const sets = settings.map((setting) => `ALTER ROLE ${role} SET ${setting}`).join(';')
  await query(
    url,
    `CREATE ROLE ${role} LOGIN PASSWORD 'owner'; ALTER DATABASE ${nameOf(url)} OWNER TO ${role}; ${sets}`,
  )
  onTestFinished(async () => {
    await query(url, `ALTER DATABASE ${nameOf(url)} OWNER TO postgres; DROP OWNED BY ${role}; DROP ROLE ${role}`)
  })
  return Object.assign(new URL(url), { username: role, password: 'owner' }).href
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}
