import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresInstall } from '@/tests/support/postgres/programs'
import { query } from '@/tests/support/postgres/query'

/** Starts the server and returns when it answers; throws with the end of its log when it does not. */
export async function launchServer(install: PostgresInstall, flags: string[], adminUrl: string): Promise<ChildProcess> {
  const log = openSync(install.logFile, 'a')
  const server = spawn(install.postgres, ['-D', install.dataFolder, ...flags], {
    ...install.runAs,
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  server.unref()
  let failure: unknown
  server.once('error', (error) => {
    failure = error
  })
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && isRunning(server); await sleep(30)) {
    try {
      await query(adminUrl, 'SELECT 1')
      return server
    } catch (error) {
      failure ??= error
    }
  }
  const lines = (await readFile(install.logFile, 'utf8')).split('\n')
  const output = lines.filter((line) => !line.endsWith('the database system is starting up')).join('\n')
  throw new Error(`Postgres did not start:\n${output.slice(-2000)}`, { cause: failure })
}

/** Returns when the server has ended; does nothing if it had already. */
export async function endServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(server)) return
  const exited = once(server, 'exit')
  server.ref()
  server.kill(signal)
  await exited
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null
}
