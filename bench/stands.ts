import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLine, requestOf } from '@/bench/line'
import { hashPolicy } from '@/lib/policy'
import { withoutFiles } from '@/tests/support/app/command'
import { findPort } from '@/tests/support/port'
import type { PostgresServer } from '@/tests/support/postgres/server'
import { measuredSettings } from '@/tests/timing/settings'

/** A service that is measured, with a database of its own. */
export type Stand = {
  name: 'ours' | 'better-auth'
  port: number
  databaseUrl: string
  postgres: PostgresServer
  /** What its processes hold of the memory, in megabytes: the one that serves, and all of them. */
  memory(): Promise<{ server: number; tree: number }>
  /** How many milliseconds of a core its processes have taken so far, those of the database left out. */
  cpuMs(): Promise<number>
  stop(): Promise<void>
}

/** As `npm start` starts it, with the mail provider's imitation. */
export async function startOurs(postgres: PostgresServer): Promise<Stand> {
  const sender = fork('tests/timing/provider.ts', ['well'])
  const [resendUrl] = await once(sender, 'message')
  const port = await findPort()
  const databaseUrl = await postgres.createDatabase(`ours_${randomBytes(4).toString('hex')}`)
  const { PATH, HOME } = process.env
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH,
    HOME,
    ...withoutFiles,
    PORT: `${port}`,
    APP_URL: `http://localhost:${port}`,
    ...measuredSettings(databaseUrl, String(resendUrl)),
  }
  const child = spawn('npm', ['start'], { env, stdio: 'ignore', detached: true })
  return stand({ name: 'ours', port, databaseUrl, postgres }, child, '/api/health/ready', async () => {
    process.kill(-(child.pid ?? 0), 'SIGTERM')
    await once(child, 'exit')
    if (sender.connected) sender.disconnect()
  })
}

/** better-auth behind Node's own server, which is as little as it runs with. */
export async function startPeer(postgres: PostgresServer): Promise<Stand> {
  const port = await findPort()
  const databaseUrl = await postgres.createDatabase(`peer_${randomBytes(4).toString('hex')}`)
  const policy = JSON.stringify({ ...hashPolicy, algorithm: 2 })
  const child = fork('bench/peer.mjs', [`${port}`, databaseUrl, policy], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  })
  return stand({ name: 'better-auth', port, databaseUrl, postgres }, child, '/api/auth/ok', async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
}

async function stand(
  of: Pick<Stand, 'name' | 'port' | 'databaseUrl' | 'postgres'>,
  child: ChildProcess,
  health: string,
  stop: () => Promise<void>,
): Promise<Stand> {
  const kill = () => process.kill(-(child.pid ?? 0), 'SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`${of.name} did not start`)
    if (await isReady(of.port, health)) break
    await sleep(100)
  }
  const group = child.pid ?? 0
  return { ...of, memory: () => memoryOf(group), cpuMs: () => cpuOf(group), stop }
}

async function isReady(port: number, path: string): Promise<boolean> {
  try {
    const line = await openLine(port)
    const { status } = await line.ask(requestOf('GET', path, { host: `localhost:${port}` }))
    line.hangUp()
    return status === 200
  } catch {
    return false
  }
}

/** Of all processes of a group; the largest is the one that serves. */
async function memoryOf(group: number): Promise<{ server: number; tree: number }> {
  const sizes = (await processesOf(group)).map(({ megabytes }) => megabytes)
  return { server: Math.max(0, ...sizes), tree: sum(sizes) }
}

async function cpuOf(group: number): Promise<number> {
  return sum((await processesOf(group)).map(({ cpuMs }) => cpuMs))
}

/** As Linux tells it, whose clock ticks a hundred times a second. */
async function processesOf(group: number): Promise<{ megabytes: number; cpuMs: number }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')))
  return stats
    .map((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' '))
    .filter((fields) => fields[2] === `${group}`)
    .map((fields) => ({
      megabytes: (Number(fields[21]) * 4_096) / 2 ** 20,
      cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
    }))
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
