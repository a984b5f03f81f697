import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program of others that runs beside the tests, and why it ended; that is known once it has. */
export type ForeignProgram = { child: ChildProcess; ended: Promise<Error> }

type About = { title?: string; debian?: string; env?: Record<string, string> }

/** Starts a program whose own words go to standard error; `title` and `debian`, its package, are for whoever lacks it. */
export function startForeignProgram(
  program: string,
  parameters: string[],
  { title = program, debian, env }: About,
): ForeignProgram {
  const child = spawn(program, parameters, {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let written = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written += text
  })
  const ended = once(child, 'exit').then(
    () => new Error(`${title} does not run:\n${written}`),
    () => new Error(`${title} is not here: install Debian’s package ${debian}`),
  )
  return { child, ended }
}

/** Waits until a program listens at a port of this machine; throws what it said when it ends before. Returns what stops it. */
export async function untilListening({ child, ended }: ForeignProgram, port: number): Promise<() => Promise<void>> {
  const killed = () => child.kill('SIGTERM')
  process.once('exit', killed)
  const stop = async () => {
    process.off('exit', killed)
    child.kill('SIGTERM')
    await ended
  }
  const failure = await Promise.race([ended, answers(port)])
  if (!failure) return stop
  await stop()
  throw failure
}

async function answers(port: number): Promise<Error | undefined> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const listens = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (listens) return
    await sleep(50)
  }
  return new Error(`nothing listens at ${port}`)
}
