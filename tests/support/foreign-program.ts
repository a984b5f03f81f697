import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program of Debian's that runs beside the tests, and why it ended; that is known once it has. */
export type ForeignProgram = { child: ChildProcess; ended: Promise<Error> }

/** Starts a program whose own words go to standard error; `title` and `debian`, its package, are for whoever lacks it. */
export function startForeignProgram(
  program: string,
  parameters: string[],
  { title = program, debian }: { title?: string; debian: string },
): ForeignProgram {
  const child = spawn(program, parameters, {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
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
