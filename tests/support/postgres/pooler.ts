import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startForeignProgram } from '@/tests/support/foreign-program'
import { onFreePort } from '@/tests/support/port'
import { query } from '@/tests/support/postgres/query'

/**
 * Starts PgBouncer in front of a database, as hosts do for functions: each transaction gets a connection of its own choice.
 * `isSilent`: it refuses nothing that a connection begins with, and gives none of it.
 */
export async function startPooler(
  databaseUrl: string,
  wanted?: number,
  isSilent = false,
): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  const { hostname, port, pathname, password } = new URL(databaseUrl)
  const folder = await mkdtemp(path.join(tmpdir(), 'pooler-'))
  await chmod(folder, 0o755)
  await writeFile(path.join(folder, 'users'), `"postgres" "${password}"\n`)
  const stop = () => rm(folder, { recursive: true })
  return wanted ? startOn(wanted) : onFreePort(startOn)

  async function startOn(free: number) {
    const settings = [
      '[databases]',
      `* = host=${hostname} port=${port}`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1`,
      `listen_port = ${free}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${path.join(folder, 'users')}`,
      'pool_mode = transaction',
      'default_pool_size = 3',
      ...(isSilent ? [`ignore_startup_parameters = ${ignored}`] : []),
    ]
    await writeFile(path.join(folder, 'settings'), settings.join('\n'))
    const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
    const { child, ended } = startForeignProgram('pgbouncer', [...asNobody, path.join(folder, 'settings')], {
      title: 'PgBouncer',
      debian: 'pgbouncer',
    })
    const url = `postgresql://postgres:${password}@127.0.0.1:${free}${pathname}`
    const failure = await Promise.race([ended, answers(url)])
    if (failure) throw failure
    return {
      url,
      port: free,
      async stop() {
        child.kill('SIGKILL')
        await ended
        await stop()
      },
    }
  }
}

const ignored =
  'statement_timeout, lock_timeout, idle_in_transaction_session_timeout, intervalstyle, bytea_output, search_path, default_transaction_isolation'

/** Waits until a database answers; undefined then, and why it did not when it never does. */
async function answers(url: string): Promise<Error | undefined> {
  let failure: Error | undefined
  for (let tries = 0; tries < 100; tries += 1) {
    failure = await query(url, 'SELECT 1').then(
      () => undefined,
      (error: Error) => error,
    )
    if (!failure) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return failure
}
