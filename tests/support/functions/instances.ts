import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import { tools } from '@/tests/support/functions/builds'
import { memoryOf } from '@/tests/support/functions/container'

/** The Node that platforms run functions on, where it is installed for this machine; else this one. */
const node24 = join(tools, 'node_modules/node-24/bin/node')

/** A built function and how its platform starts it. */
export type BuiltFunction = {
  /** The script that stands for the platform's runtime, in this folder. */
  runtime: 'lambda-runtime.mjs' | 'vercel-runtime.mjs'
  folder: string
  env: Record<string, string>
}

/** What is asked of a function: a request as its gateway passes it on. */
export type Invocation = { method: string; url: string; headers: Record<string, string | string[]>; body: Buffer }

export type Instances = {
  /** Answers by an instance that is idle, thawed for it, or by a new one. */
  invoke(invocation: Invocation, response: ServerResponse): Promise<void>
  /** Ends all instances, so that the next request meets a cold start. */
  end(): Promise<void>
  /** How many were started since then, and the most memory that one of them takes, in megabytes. */
  count(): number
  memory(): Promise<number>
  log(): string
}

/**
 * Runs a function as its platform does: an instance serves one request at a time and is frozen (SIGSTOP) as soon as it
 * has answered and what it asked to wait for is done.
 */
export function startInstances({ runtime, folder, env }: BuiltFunction): Instances {
  const idle: Instance[] = []
  const all = new Set<Instance>()
  let written = ''
  const killAll = () => {
    for (const { child } of all) child.kill('SIGKILL')
  }
  process.once('exit', killAll)

  async function start(): Promise<Instance> {
    const child = fork(resolve('tests/support/functions', runtime), [folder], {
      cwd: folder,
      env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
      execPath: existsSync(node24) ? node24 : process.execPath,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        written += text
      })
    const failed = once(child, 'exit').then(() => Promise.reject(new Error(`A function did not start:\n${written}`)))
    const [port] = (await Promise.race([once(child, 'message'), failed])) as [number]
    failed.catch(() => undefined)
    const instance = { child, port }
    all.add(instance)
    return instance
  }

  return {
    async invoke(invocation, response) {
      const instance = idle.pop() ?? (await start())
      const { child } = instance
      child.kill('SIGCONT')
      const isDone = once(child, 'message')
      await passOn(instance.port, invocation, response)
      // Whoever asked has the answer by now.
      isDone.then(() => {
        if (!all.has(instance)) return
        child.kill('SIGSTOP')
        idle.push(instance)
      })
    },
    async end() {
      // All that an instance wrote is in the log then.
      const ended = [...all].map(({ child }) => (child.exitCode === null ? once(child, 'close') : null))
      killAll()
      all.clear()
      idle.length = 0
      await Promise.all(ended)
    },
    count: () => all.size,
    memory: async () => Math.max(...(await Promise.all([...all].map(({ child }) => memoryOf(child))))),
    log: () => written,
  }
}

type Instance = { child: ChildProcess; port: number }

async function passOn(port: number, { method, url, headers, body }: Invocation, response: ServerResponse) {
  const request = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent: false })
  request.end(body)
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  response.writeHead(answer.statusCode ?? 502, answer.headersDistinct as Record<string, string[]>)
  answer.pipe(response)
  await once(answer, 'end')
}
