import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onFreePort } from '@/tests/support/port'
import { endServer, launchServer } from '@/tests/support/postgres/process'
import { installPostgres, type PostgresInstall } from '@/tests/support/postgres/programs'
import { createDatabase } from '@/tests/support/postgres/query'

export type PostgresOptions = {
  /** Server settings, such as `{ log_statement: 'all' }`. */
  settings?: Record<string, string | number>
}

export type PostgresServer = {
  url(database: string): string
  /** Returns the URL of the new, empty database. */
  createDatabase(name: string): Promise<string>
  /** Comes back on the same port. Immediate means as after a crash: every connection is cut and the log replayed. */
  restart(options: { immediate: boolean }): Promise<void>
  stop(): Promise<void>
  readonly pid: number
  /** Gone after `stop`. */
  readonly logFile: string
}

/**
 * Starts a Postgres from the programs that npm brings. Vitest starts one for a run, with a database for each test
 * (`tests/support/vitest`); each worker of the browser tests starts one (`tests/support/app/service.ts`). When stopped, or when this process ends in any way, it ends and leaves no file.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const install = await installPostgres()
  try {
    const password = randomBytes(16).toString('hex')
    await initialise(install, password)
    const urlAt = (port: number) => (database: string) =>
      `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
    const launch = (port: number) =>
      launchServer(install, [...serverFlags(options), '-p', `${port}`], urlAt(port)('postgres'))
    let [server, port] = await onFreePort(async (port) => [await launch(port), port])
    const url = urlAt(port)
    return {
      url,
      createDatabase: (name) => createDatabase(url('postgres'), name),
      async restart({ immediate }) {
        await endServer(server, immediate ? 'SIGQUIT' : 'SIGINT')
        server = await launch(port)
      },
      async stop() {
        await install.remove()
        await endServer(server, 'SIGKILL')
      },
      get pid() {
        return server.pid ?? 0
      },
      logFile: install.logFile,
    }
  } catch (error) {
    await install.remove()
    throw error
  }
}

async function initialise(install: PostgresInstall, password: string): Promise<void> {
  const passwordFile = join(install.folder, 'password')
  await writeFile(passwordFile, password)
  await chmod(passwordFile, 0o644)
  const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync']
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  await promisify(execFile)(install.initdb, [`--pgdata=${install.dataFolder}`, ...flags, ...locale], install.runAs)
}

function serverFlags({ settings = {} }: PostgresOptions): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    // Commits survive a killed server, but not a power cut; after a crash nothing has to be synced, which takes a minute for forty databases.
    fsync: 'off',
    full_page_writes: 'off',
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
