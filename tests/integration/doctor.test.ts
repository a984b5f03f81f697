import { expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import { consume } from '@/lib/rate-limit'
import { examine } from '@/scripts/doctor/examine'
import { query } from '@/tests/support/postgres/query'
import { createTestDatabase } from '@/tests/support/vitest/database'
import { newFolder } from '@/tests/support/vitest/folder'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const ofDatabase = ['database', 'migrations', 'grants', 'database limits', 'clock', 'client header', 'outbox']

test('in a service that is sound, every check of the database is passed', async () => {
  const found = await findingsOf()
  for (const check of ofDatabase) expect(found[check], check).toMatchObject({ state: 'ok' })
  expect(found['database limits']?.seen).toContain('statement_timeout 3s')
})

test('a database that is down hides nothing else, and is told of without its password', async () => {
  const url = Object.assign(new URL(process.env.DATABASE_URL ?? ''), { port: '1', password: 's3cret-of-the-database' })
  const found = await findingsOf({ DATABASE_URL: url.href })
  expect(found.database).toMatchObject({ state: 'fault', seen: expect.stringContaining('127.0.0.1:1') })
  for (const check of ofDatabase.slice(1)) expect(found[check], check).toMatchObject({ state: 'warning' })
  for (const check of ['configuration', 'password hashing', 'listening', 'mail domain'])
    expect(found[check], check).toHaveProperty('seen')
  expect(JSON.stringify(found)).not.toContain('s3cret')
})

test('migrations that are pending, unfinished or of a newer release are told apart', async () => {
  const url = process.env.DATABASE_URL ?? ''
  const alter = async (change: string) => {
    const [row] = await query(url, `SELECT * FROM "_prisma_migrations" ORDER BY "migration_name" DESC LIMIT 1`)
    await query(url, change)
    const { migrations } = await findingsOf()
    await query(url, `DELETE FROM "_prisma_migrations" WHERE "migration_name" >= '${row?.migration_name}'`)
    await query(
      url,
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") VALUES ('${row?.id}', '${row?.checksum}', '${row?.migration_name}', now())`,
    )
    return migrations
  }
  const newest = `(SELECT max("migration_name") FROM "_prisma_migrations")`
  expect(await alter(`DELETE FROM "_prisma_migrations" WHERE "migration_name" = ${newest}`)).toMatchObject({
    state: 'fault',
    seen: expect.stringMatching(/^pending: \d{14}_\w+$/),
  })
  expect(
    await alter(`UPDATE "_prisma_migrations" SET "finished_at" = NULL WHERE "migration_name" = ${newest}`),
  ).toMatchObject({ state: 'fault', seen: expect.stringMatching(/^unfinished: \d{14}_\w+$/) })
  expect(
    await alter(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") VALUES ('x', 'x', '29990101000000_later', now())`,
    ),
  ).toMatchObject({ state: 'warning', seen: expect.stringContaining('29990101000000_later') })
})

test('a database that was never migrated has them all pending, and the rest of it is looked at all the same', async () => {
  const empty = await createTestDatabase()
  const found = await findingsOf({ DATABASE_URL: empty.url })
  expect(found.database).toMatchObject({ state: 'ok' })
  expect(found.migrations).toMatchObject({ state: 'fault', seen: expect.stringContaining('_first') })
  expect(found.clock).toMatchObject({ state: 'ok' })
  expect(found.outbox).toMatchObject({ state: 'fault', seen: expect.stringContaining('migrate') })
  await empty.drop()
})

test('a user who may not write, and a database that nobody may, are told of', async () => {
  const admin = process.env.DATABASE_URL ?? ''
  const role = `reader_${Date.now()}`
  await query(admin, `CREATE ROLE ${role} LOGIN PASSWORD 'r3ad'`)
  await query(admin, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`)
  const url = Object.assign(new URL(admin), { username: role, password: 'r3ad' }).href
  const { grants } = await findingsOf({ DATABASE_URL: url })
  expect(grants).toMatchObject({ state: 'fault', seen: expect.stringMatching(/^lacks .*INSERT.* on .*Account/) })
  await query(admin, `ALTER ROLE ${role} SET default_transaction_read_only = on`)
  expect((await findingsOf({ DATABASE_URL: url })).database).toMatchObject({
    state: 'fault',
    seen: expect.stringContaining('read-only'),
  })
  await query(admin, `DROP OWNED BY ${role}`)
  await query(admin, `DROP ROLE ${role}`)
})

test('requests that arrive without the client’s address are told of', async () => {
  const before = await findingsOf({ TRUSTED_IP_HEADER: 'X-Client' })
  expect(before['client header']).toMatchObject({ state: 'ok', seen: expect.stringContaining('x-client') })
  await consume(await db(), 'log_in', 'no address', limits.log_in)
  expect((await findingsOf({ TRUSTED_IP_HEADER: 'X-Client' }))['client header']).toMatchObject({
    state: 'fault',
    seen: expect.stringContaining('x-client'),
  })
})

test('mail that nobody sends, and mail that was given up, are told of', async () => {
  const client = await db()
  const planted = (state: 'waiting' | 'abandoned', ago: number) =>
    client.mail.create({
      data: {
        id: crypto.randomUUID(),
        kind: 'planted',
        locale: 'fr',
        state,
        nextAttemptAt: new Date(Date.now() - ago * 1_000),
        ...(state === 'abandoned' && { finishedAt: new Date() }),
      },
    })
  await planted('abandoned', 0)
  expect((await findingsOf()).outbox).toMatchObject({ state: 'warning', seen: expect.stringContaining('1 given up') })
  await planted('waiting', 300)
  expect((await findingsOf()).outbox).toMatchObject({
    state: 'warning',
    remedy: expect.stringContaining('/api/cron/mail'),
  })
  await planted('waiting', 3_600)
  expect((await findingsOf()).outbox).toMatchObject({ state: 'fault', seen: expect.stringContaining('2 waiting') })
})

test('where there is no database yet, looking makes none', async () => {
  const dataDir = await newFolder()
  const found = await findingsOf({ DATABASE_URL: '', DATA_DIR: dataDir })
  expect(found.database).toMatchObject({ state: 'ok', seen: expect.stringContaining('none yet') })
})

/** What the doctor finds with the variables of this test but for `changes`, by the name of the check. */
async function findingsOf(changes: Record<string, string> = {}) {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const findings = await examine({ ...process.env, ...changes })
  return Object.fromEntries(findings.map(({ check, ...verdict }) => [check, verdict]))
}
