import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export type Program = {
  pid: number
  /** The next line it prints; null when it has ended. */
  line(): Promise<string | null>
  /** Its exit code when it ends by itself, else the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  /** What it wrote on standard error so far. */
  errors(): string
  kill(): void
}

/** Runs TypeScript as a process of its own, with `input` as its global of that name; killed when the running test ends; below `around` if that is given. */
export function startProgram(source: string, input: unknown = null, around: string[] = []): Program {
  const text = `globalThis.input = ${JSON.stringify(input)}\n${source}`
  const [command = '', ...parameters] = [...around, process.execPath, '--import', 'tsx', '--input-type=module']
  const child = spawn(command, [...parameters, '--eval', text], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const kill = () => void child.kill('SIGKILL')
  onTestFinished(async () => {
    kill()
    await ended
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  let written = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    written += chunk
  })
  return {
    pid: child.pid ?? 0,
    line: async () => (await lines.next()).value ?? null,
    ended,
    errors: () => written,
    kill,
  }
}
