import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A command of ours that runs as deployers run it. */
export type Command = {
  pid: number
  /** Everything it wrote so far, on both streams. */
  output(): string
  /** Its exit code, or the signal that ended it; known once nothing of it writes any more. */
  ended: Promise<number | NodeJS.Signals>
  /** Waits until it answers there. */
  ready(url: string): Promise<void>
  /** Ends it at once, with all that it runs. */
  kill(): void
}

/** Runs a command with these settings alone and in a process group of its own; of the folder’s `.env` files only if asked. */
export function runCommandLine(
  [program = '', ...parameters]: string[],
  env: Record<string, string>,
  { root = '.', readsFiles = false } = {},
): Command {
  const { PATH, HOME } = process.env
  const own = { NODE_ENV: 'production' as const, PATH, HOME, ...(readsFiles ? {} : withoutFiles) }
  const child = spawn(program, parameters, {
    cwd: root,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL')
  }
  process.once('exit', kill)
  ended.finally(() => process.off('exit', kill))
  const ready = async (url: string) => {
    while (!(await fetch(url).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error(`It ended:\n${output}`)
      await sleep(100)
    }
  }
  return { pid: child.pid ?? 0, output: () => output, ended, ready, kill }
}

/** Says to Next and to our commands that the files `.env…` have been read: those of a developer are no concern of a test. */
export const withoutFiles = { __NEXT_PROCESSED_ENV: 'true' }
