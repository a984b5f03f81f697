import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Starts a server on a free port, and on another one when somebody takes the port first. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await start(await findPort())
    } catch (error) {
      if (tries === 5 || !/EADDRINUSE|Address already in use/.test(String(error))) throw error
    }
}

/** Finds a free port below the range of outgoing connections, so that it stays free during a restart. */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}
