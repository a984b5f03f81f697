import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Pool } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { query } from '@/tests/support/postgres/query'
import { startPostgres } from '@/tests/support/postgres/server'
import { createTestDatabase } from '@/tests/support/vitest/database'

test('forty connections work at once', async () => {
  const database = await createDatabase()
  const pool = new Pool({ connectionString: database.url, max: 40 })
  onTestFinished(() => pool.end())

  const queries = Array.from({ length: 40 }, () => pool.query('SELECT pg_backend_pid() AS pid, pg_sleep(0.3)'))
  const results = await Promise.all(queries)

  expect(new Set(results.map(({ rows }) => rows[0].pid)).size).toBe(40)
})

test('two databases do not see each other, and one made from a template has its content', async () => {
  const first = await createDatabase()
  const second = await createDatabase()
  await query(first.url, 'CREATE TABLE account (id int)')
  await query(first.url, 'INSERT INTO account VALUES (1)')

  const copy = await createDatabase(new URL(first.url).pathname.slice(1))

  expect(await query(copy.url, 'SELECT id FROM account')).toEqual([{ id: 1 }])
  expect(await query(second.url, "SELECT to_regclass('account') AS found")).toEqual([{ found: null }])
})

test('what was committed survives an immediate restart on the same port, and stop leaves nothing', async () => {
  const server = await startPostgres({ settings: { log_statement: 'all' } })
  onTestFinished(() => server.stop())
  const url = await server.createDatabase('kept')
  await query(url, 'CREATE TABLE account AS SELECT 1 AS id')
  const before = server.pid

  await server.restart({ immediate: true })

  expect(await query(url, 'SELECT id FROM account')).toEqual([{ id: 1 }])
  expect(server.pid).not.toBe(before)
  await server.stop()
  await expect(access(server.logFile)).rejects.toThrow('ENOENT')
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH')
})

test('a starter that is killed leaves no server and no file', async () => {
  const program = `
    import { startPostgres } from '@/tests/support/postgres/server'
    const { url, logFile } = await startPostgres()
    process.stdout.write(JSON.stringify({ url: url('postgres'), logFile }) + '\\n')
    setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program])
  onTestFinished(() => void starter.kill('SIGKILL'))
  const [line] = await once(createInterface(starter.stdout), 'line')
  const { url, logFile } = JSON.parse(line)
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  starter.kill('SIGKILL')

  await vi.waitFor(() => expect(access(logFile)).rejects.toThrow('ENOENT'), 5000)
  await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
})

async function createDatabase(template?: string) {
  const database = await createTestDatabase(template === undefined ? {} : { template })
  onTestFinished(() => database.drop())
  return database
}
