import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { buildImage } from '@/tests/support/functions/builds'
import type { Platform } from '@/tests/support/functions/platform'
import { findPort } from '@/tests/support/port'

type Image = Awaited<ReturnType<typeof buildImage>>

/** A container of an image: its command or another, as its user, on a read-only root. Ended by `stop`, as a platform does. */
export type Container = {
  log(): string
  /** Its exit code, null when a signal ended it. */
  ended: Promise<number | null>
  memory(): Promise<number>
  stop(): Promise<number | null>
}

/** Starts a container; it has these variables and those of its image. */
export async function startContainer(
  { root, workdir, env, user, command }: Image,
  variables: Record<string, string>,
  { instead, port = 3000 }: { instead?: string[]; port?: number } = {},
): Promise<Container> {
  const mountPoint = await mkdtemp(join(tmpdir(), 'container-'))
  const kit = resolve('tests/support/app')
  const place = [mountPoint, join(root, workdir), workdir, kit, ...user.split(':')]
  const child = spawn(
    'unshare',
    ['--mount', 'sh', resolve('tests/support/functions/contained.sh'), ...place, ...(instead ?? command)],
    {
      env: {
        ...env,
        ...variables,
        NODE_ENV: 'production',
        PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/bin',
        NODE_OPTIONS: '--import=/kit/reroute.mjs',
        HOSTNAME: '127.0.0.1',
        PORT: `${port}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  const ended = once(child, 'exit').then(async ([code]) => {
    await rmdir(mountPoint)
    return code as number | null
  })
  return {
    log: () => written,
    ended,
    memory: () => memoryOf(child),
    async stop() {
      child.kill('SIGTERM')
      const code = await Promise.race([ended, sleep(20_000, 'still there' as const, { ref: false })])
      if (code !== 'still there') return code
      child.kill('SIGKILL')
      throw new Error(`It did not end:\n${written}`)
    },
  }
}

/** Serves an image by one container at a time; `freshen` replaces it, as a release does. */
export async function serveImage(image: Image, variables: Record<string, string>): Promise<Platform> {
  const port = await findPort()
  const url = `http://127.0.0.1:${port}`
  const start = async () => {
    const container = await startContainer(image, variables, { port })
    for (let tries = 0; tries < 600; tries += 1) {
      const ended = await Promise.race([container.ended, sleep(50, 'runs' as const)])
      if (ended !== 'runs') break
      if (
        await fetch(`${url}/api/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return container
    }
    throw new Error(`It is not ready:\n${container.log()}`)
  }
  let container = await start()
  return {
    url,
    async freshen() {
      await container.stop()
      container = await start()
    },
    count: () => 1,
    memory: () => container.memory(),
    log: () => container.log(),
    close: async () => void (await container.stop()),
  }
}

/** How much memory a process takes, in megabytes. */
export async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
