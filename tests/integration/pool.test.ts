import { spawnSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { ServicePool } from '@/lib/db/pool'
import { query } from '@/tests/support/postgres/query'
import { createTestDatabase } from '@/tests/support/vitest/database'

const limits = `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock`

const prepared = `SELECT name, statement FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%' ORDER BY name`

test('a server that takes no connection at first gets its limits with every connection when it does', async () => {
  const { url, pool } = await newPool()
  await allow(url, false)
  await expect(pool.query('SELECT 1')).rejects.toThrow('is not currently accepting connections')
  await allow(url, true)
  for (const { rows } of await Promise.all([pool.query(limits), pool.query(limits)]))
    expect(rows).toEqual([{ statement: '3s', lock: '1500ms' }])
})

test('options of the URL stay, and the settings that answers depend on win over them', async () => {
  const { pool } = await newPool('?options=-c%20work_mem%3D8MB%20-c%20search_path%3Dnowhere')
  const { rows } = await pool.query(
    `SELECT current_setting('work_mem') AS memory, current_setting('search_path') AS path`,
  )
  expect(rows).toEqual([{ memory: '8MB', path: 'public' }])
})

test('a limit of connections in the URL holds', async () => {
  const { pool } = await newPool('?connection_limit=2&pgbouncer=true&pool_timeout=20')
  const pids = await Promise.all(Array.from({ length: 12 }, () => pool.query('SELECT pg_backend_pid() AS pid')))
  expect(new Set(pids.map(({ rows }) => rows[0].pid)).size).toBeLessThanOrEqual(2)
})

test('a statement that is asked often is prepared once for each connection, by a name that its text alone makes', async () => {
  const { pool } = await newPool('?connection_limit=1')
  const asked = 'SELECT $1::int AS one'
  for (const one of [1, 2, 3]) expect(await pool.ask(asked, [one])).toEqual([{ one }])
  const named = () => pool.ask<{ name: string; statement: string }>(prepared, [])
  const [first] = await named()
  expect(first).toMatchObject({ statement: asked })
  const other = await newPool('?connection_limit=1')
  await other.pool.ask(asked, [1])
  expect(await other.pool.ask(prepared, [])).toContainEqual(first)
})

test('where the URL says that there is a pooler, nothing is prepared', async () => {
  const { pool } = await newPool('?connection_limit=1&pgbouncer=true')
  for (const one of [1, 2]) expect(await pool.ask('SELECT $1::int AS one', [one])).toEqual([{ one }])
  expect(await pool.ask(prepared, [])).toEqual([])
})

test('a pooler that nobody knew of fails no statement: what it lost is asked again, and nothing is prepared from then on', async () => {
  const { pool } = await newPool('?connection_limit=1')
  await pool.ask('SELECT $1::int AS one', [1])
  await pool.query('DEALLOCATE ALL')
  expect(await pool.ask('SELECT $1::int AS one', [2])).toEqual([{ one: 2 }])
  expect(await pool.ask(prepared, [])).toEqual([])
})

test('an error of a connection that somebody has just been given is heard, for an unheard one ends the process', async () => {
  const { pool } = await newPool()
  const client = await pool.connect()
  expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow()
  client.release(true)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

test('what was frozen while the server ended its connections uses none of them when it goes on', async () => {
  const { url, pool } = await newPool()
  await Promise.all([1, 2, 3].map(() => pool.query('SELECT pg_sleep(0.05)')))
  // Nothing else happens in this process meanwhile.
  const script = `
    import { Client } from 'pg'
    const client = new Client({ connectionString: process.argv[1] })
    await client.connect()
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()')
    await client.end()`
  spawnSync(process.execPath, ['--input-type=module', '--eval', script, url], { stdio: 'inherit' })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

async function newPool(parameters = '') {
  const { url, drop } = await createTestDatabase()
  const pool = new ServicePool(url + parameters).on('error', () => undefined)
  onTestFinished(async () => {
    await pool.end()
    await drop()
  })
  return { url, pool }
}

async function allow(url: string, allowed: boolean): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await query(url.replace(name, 'postgres'), `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`)
}
