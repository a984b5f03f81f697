import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '@/prisma/migrate'
import { withoutFiles } from '@/tests/support/app/command'
import { onFreePort } from '@/tests/support/port'

export type App = {
  url: string
  port: number
  pid: number
  /** Everything it wrote so far, on both streams. */
  log(): string
  /** Closes the streams that take its output. */
  deafen(): void
  stop(signal?: NodeJS.Signals): Promise<void>
}

export type AppOptions = {
  env?: Record<string, string>
  /** Where its local data is kept; a fresh folder, removed at the end, when absent. */
  dataDir?: string
  port?: number
  /** Where the built application is; this repository when absent. */
  root?: string
  /** Whether its database is known to be up to date. */
  migrated?: boolean
  /** A file for its output; `log` stays empty then. */
  output?: string
}

/** Migrates its database, starts the built application and waits until it is ready. */
export async function startApp({ port, ...options }: AppOptions = {}): Promise<App> {
  return port ? startAppOn(port, options) : onFreePort((free) => startAppOn(free, options))
}

async function startAppOn(
  port: number,
  { env = {}, dataDir, root = '.', migrated = false, output }: AppOptions,
): Promise<App> {
  const folder = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'app-')))
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME }
  const settings: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    ...inherited,
    ...withoutFiles,
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    APP_SECRET: randomBytes(32).toString('base64'),
    ...env,
  }
  if (!migrated) await migrate({ databaseUrl: env.DATABASE_URL ?? null, dataDir: folder })
  const sink = output ? openSync(output, 'w') : 'pipe'
  const child = spawn('node_modules/.bin/next', ['start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: root,
    env: settings,
    stdio: ['ignore', sink, sink],
    detached: true,
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  const exited = once(child, 'exit')
  const group = -(child.pid ?? 0)
  const killGroup = () => signalGroup(group, 'SIGKILL')
  process.once('exit', killGroup)
  const stop = async (signal: NodeJS.Signals = 'SIGKILL') => {
    signalGroup(group, signal)
    await exited
    process.off('exit', killGroup)
    if (!dataDir) await rm(folder, { recursive: true, force: true })
  }
  try {
    // Its own word first: on a port that somebody took, the other one might answer.
    await ready(`http://localhost:${port}/api/health/ready`, () => ({
      listens: output !== undefined || written.includes('Ready in'),
      ended: child.exitCode !== null,
    }))
  } catch (error) {
    await stop()
    throw new Error(`The application did not start:\n${written}`, { cause: error })
  }
  const deafen = () => {
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
  return { url: `http://localhost:${port}`, port, pid: child.pid ?? 0, log: () => written, deafen, stop }
}

async function ready(url: string, state: () => { listens: boolean; ended: boolean }): Promise<void> {
  for (let tries = 0; tries < 300 && !state().ended; tries += 1) {
    const answer = state().listens ? await fetch(url).catch(() => null) : null
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error('not ready')
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
