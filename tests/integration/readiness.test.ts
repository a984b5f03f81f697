import { expect, onTestFinished, test, vi } from 'vitest'
import { GET } from '@/app/api/health/ready/route'
import { closeDb } from '@/lib/db/client'
import { query } from '@/tests/support/postgres/query'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const good = { database: 'ok', migrations: 'ok', writable: 'ok', settings: 'ok', mail: 'ok' }

test('what can work says so, and is not to be stored', async () => {
  const answer = await ask()
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await answer.json()).toEqual({ status: 'ok', checks: good })
})

test.each([
  [
    'a migration that is not applied',
    `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name ~ '_disputes$'`,
    `UPDATE _prisma_migrations SET finished_at = now()`,
    { migrations: 'behind' },
  ],
  [
    'no migration at all',
    'ALTER TABLE _prisma_migrations RENAME TO elsewhere',
    'ALTER TABLE elsewhere RENAME TO _prisma_migrations',
    { migrations: 'behind', writable: 'unknown', settings: 'unknown' },
  ],
  [
    'a database that is read-only',
    'ALTER DATABASE :name SET default_transaction_read_only = on',
    'SET default_transaction_read_only = off; ALTER DATABASE :name RESET default_transaction_read_only',
    { writable: 'read_only' },
  ],
  [
    'a database that takes no connection',
    'ALTER DATABASE :name ALLOW_CONNECTIONS false',
    'ALTER DATABASE :name ALLOW_CONNECTIONS true',
    { database: 'unreachable', migrations: 'unknown', writable: 'unknown', settings: 'unknown', mail: 'unknown' },
  ],
])('not ready: %s', async (_, breakIt, mendIt, changes) => {
  const [url, name] = place()
  const admin = url.replace(name, 'postgres')
  const run = (sql: string) => query(sql.includes('ALTER DATABASE') ? admin : url, sql.replaceAll(':name', name))
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await closeDb()
  await run(breakIt)
  const answer = await ask()
  await closeDb()
  await run(mendIt)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store'])
  expect(await answer.json()).toEqual({ status: 'unavailable', checks: { ...good, ...changes } })
  expect(written.mock.calls.join()).not.toContain(new URL(url).password)
  expect((await ask()).status).toBe(200)
})

test('a role that may not write everywhere is not ready, and one that may is', async () => {
  const [url, name] = place()
  await query(
    url,
    `CREATE ROLE ${name}_app LOGIN PASSWORD 'app'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}_app`,
  )
  onTestFinished(async () => {
    await as(url)
    await query(url, `DROP OWNED BY ${name}_app; DROP ROLE ${name}_app`)
  })
  await as(Object.assign(new URL(url), { username: `${name}_app`, password: 'app' }).href)
  expect((await ask()).status).toBe(200)
  await query(url, `REVOKE DELETE ON "Session" FROM ${name}_app`)
  expect(await (await ask()).json()).toEqual({
    status: 'unavailable',
    checks: { ...good, writable: 'not_granted' },
  })
})

test('beside the database of a newer release this one stays ready', async () => {
  await query(
    place()[0],
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_newer', now())`,
  )
  expect((await ask()).status).toBe(200)
})

test('while the provider refuses every mail it is not ready unless asked without mail, and while it is down it is', async () => {
  const [url] = place()
  await query(url, `INSERT INTO "MailTrouble" ("kind", "reason", "probeAt") VALUES ('unavailable', 'network', now())`)
  expect((await ask()).status).toBe(200)
  await query(url, `UPDATE "MailTrouble" SET "kind" = 'refused', "reason" = 'invalid_api_key'`)
  expect(await (await ask()).json()).toEqual({ status: 'unavailable', checks: { ...good, mail: 'refused' } })
  const withoutMail = await ask('?without=mail')
  const { mail: _, ...others } = good
  expect([withoutMail.status, await withoutMail.json()]).toEqual([200, { status: 'ok', checks: others }])
  expect((await ask('?without=database')).status).toBe(503)
  await query(url, 'DELETE FROM "MailTrouble"')
  expect((await ask()).status).toBe(200)
})

function ask(query = ''): Promise<Response> {
  return GET(new Request(`http://localhost/api/health/ready${query}`))
}

function place(): [string, string] {
  const url = process.env.DATABASE_URL ?? ''
  return [url, new URL(url).pathname.slice(1)]
}

/** Goes on by another URL. */
async function as(url: string): Promise<void> {
  await closeDb()
  process.env.DATABASE_URL = url
  Reflect.deleteProperty(globalThis, '__metamotsEnv')
}
