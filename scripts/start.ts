import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/env'
import { mailboxIsOpen } from '@/lib/mail/mailbox'
import { migrate } from '@/prisma/migrate'
import { runCommand } from '@/scripts/run-command'

const sources = [
  'app',
  'lib',
  'messages',
  'prisma',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
]

await runCommand(start)

async function start(): Promise<void> {
  const { mode, appUrl, databaseUrl } = env()
  await migrate()
  if (isStale()) await finished(run('npm', ['run', 'build']))
  const port = process.env.PORT ?? (new URL(appUrl).port || '3000')
  // A local service answers this machine only; a deployed one whoever the platform lets through.
  const host = mode === 'local' ? '127.0.0.1' : '0.0.0.0'
  console.log(`Metamots account access: ${appUrl}`)
  if (mailboxIsOpen()) console.log(`The mails it sends:      ${appUrl}/dev/mailbox`)
  if (!databaseUrl) console.log(`The data it keeps:       ${env().dataDir}`)
  const server = run('next', ['start', '-H', host, '-p', port])
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
  process.exit(await new Promise<number>((resolve) => server.once('exit', (code) => resolve(code ?? 0))))
}

/** Whether there is no build, or a source is newer than it. */
function isStale(): boolean {
  const built = path.join('.next', 'BUILD_ID')
  if (!existsSync(built)) return true
  const { mtimeMs } = statSync(built)
  return sources.some((source) => newest(source) > mtimeMs)
}

function newest(file: string): number {
  const { mtimeMs } = statSync(file)
  if (path.basename(file) === 'generated' || !statSync(file).isDirectory())
    return path.basename(file) === 'generated' ? 0 : mtimeMs
  return Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name))))
}

function run(command: string, parameters: string[]): ChildProcess {
  const bin = path.resolve('node_modules', '.bin')
  return spawn(command, parameters, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
  })
}

async function finished(child: ChildProcess): Promise<void> {
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) process.exit(code ?? 1)
}
