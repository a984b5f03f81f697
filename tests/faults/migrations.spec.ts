import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { migrate } from '@/prisma/migrate'
import { type Migration, readMigrations } from '@/prisma/read-migrations'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { shapeOf, statementsIn, stopWithin } from '@/tests/support/postgres/migrations'
import { query } from '@/tests/support/postgres/query'
import { type PostgresServer, startPostgres } from '@/tests/support/postgres/server'
import type { TappedLine } from '@/tests/support/postgres/tapped-line'
import { placesIn, stride } from '@/tests/support/sample'

test.describe.configure({ timeout: 600_000 })

const settings = { NODE_ENV: 'production', APP_SECRET: randomBytes(32).toString('base64') } as const
const migrations = await readMigrations()

test('after any number of statements of any migration that a former release did, the next run ends as on a fresh database', async ({
  postgres,
}) => {
  const shape = await freshShape(postgres)
  for (const migration of migrations)
    for (const [done] of placesIn(['', ...statementsIn(migration.script)])) {
      const url = await emptyDatabase(postgres)
      await stopWithin(url, migration, done)
      await migrate(at(url))
      expect.soft(await shapeOf(url), `${migration.name} after ${done}`).toEqual(shape)
    }
})

test('wherever the command is killed, the next one ends as on a fresh database', async ({ postgres, line }) => {
  const shape = await freshShape(postgres)
  const [last, ...others] = migrations.toReversed()
  for (const migration of others) await killAndRepeat(postgres, line, migration, shape, 'after', 8)
  if (!last) throw new Error('there is no migration')
  for (const when of ['before', 'after'] as const) {
    let statement = 0
    while (await killAndRepeat(postgres, line, last, shape, when, statement)) statement += stride
    expect(statement).toBeGreaterThan(8)
  }
})

test('wherever within a script the server ends the connection, the same run goes on and ends as on a fresh database', async ({
  postgres,
}) => {
  const shape = await freshShape(postgres)
  for (let place = 1, isWithin = true; isWithin; place += 3 * stride) {
    const url = await emptyDatabase(postgres)
    await query(
      url,
      `CREATE SCHEMA fault; CREATE SEQUENCE fault.statements;
       CREATE FUNCTION fault.count() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('fault.statements') = ${place} THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$;
       CREATE EVENT TRIGGER fault ON ddl_command_end EXECUTE FUNCTION fault.count()`,
    )
    await migrate(at(url))
    const [sequence] = await query(url, 'SELECT last_value AS count FROM fault.statements')
    isWithin = Number(sequence?.count) >= place
    expect.soft(await shapeOf(url), `ended at ${place}`).toEqual(shape)
  }
})

test('a server that crashes while five migrate comes back to five that go on', async () => {
  const postgres = await startPostgres()
  const shape = await freshShape(postgres)
  const url = await emptyDatabase(postgres)
  const all = Promise.all(Array.from({ length: 5 }, () => migrate(at(url))))
  await expect
    .poll(
      () =>
        query(url, 'SELECT 1 FROM _prisma_migrations')
          .then((rows) => rows.length)
          .catch(() => 0),
      { intervals: [5] },
    )
    .toBeGreaterThan(0)
  await postgres.restart({ immediate: true })
  await all
  expect(await shapeOf(url)).toEqual(shape)
  await postgres.stop()
})

/** Kills the command at one of the statements it sends to a database that lacks a migration; false when it sends fewer. */
async function killAndRepeat(
  postgres: PostgresServer,
  line: TappedLine,
  migration: Migration,
  shape: string[],
  when: 'before' | 'after',
  place: number,
): Promise<boolean> {
  const url = await emptyDatabase(postgres)
  await stopWithin(url, migration, 0)
  await query(url, 'DELETE FROM _prisma_migrations WHERE finished_at IS NULL')
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/migrate.ts'], {
    env: { ...settings, PATH: process.env.PATH, DATABASE_URL: line.through(url) },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  let count = 0
  line.listen({
    [when]: () => {
      if (count++ !== place) return
      child.kill('SIGKILL')
      return line.held()
    },
  })
  const [, signal] = await ended
  line.cut()
  line.listen()
  await migrate(at(url))
  expect.soft(await shapeOf(url), `${migration.name}, ${when} ${place}`).toEqual(shape)
  return signal === 'SIGKILL'
}

async function freshShape(postgres: PostgresServer): Promise<string[]> {
  const url = await emptyDatabase(postgres)
  await migrate(at(url))
  return shapeOf(url)
}

function emptyDatabase(postgres: PostgresServer): Promise<string> {
  return postgres.createDatabase(`migrated_${randomBytes(8).toString('hex')}`)
}

function at(databaseUrl: string) {
  return { databaseUrl, dataDir: '' }
}
