import { subscribe } from 'node:diagnostics_channel'
import { setImmediate as turn } from 'node:timers/promises'

/** A turn of the event loop is quiet when nothing came in it and it took no longer, in milliseconds. */
const quietMs = 2
/** For how long a quiet turn is waited for. */
const patienceMs = 5_000

/**
 * Lets a process that is told to stop take the connections that wait at its door before it closes it: the system cuts those
 * that nobody took, with the forms on them. Whoever ends the process must listen for SIGINT and SIGTERM already, and hears
 * of them when nobody waits any more, after five seconds at the latest.
 */
export function takeLastConnections(): void {
  let taken = 0
  subscribe('net.server.socket', () => {
    taken += 1
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listeners = process.listeners(signal)
    // A signal that nobody hears ends the process, and must go on doing so.
    if (listeners.length === 0) continue
    process.removeAllListeners(signal)
    process.on(signal, async () => {
      await quietTurn(() => taken)
      for (const listener of listeners) listener(signal)
    })
  }
}

async function quietTurn(taken: () => number): Promise<void> {
  const until = performance.now() + patienceMs
  // What is left of this turn has no look at the door.
  await turn()
  for (;;) {
    const [before, began] = [taken(), performance.now()]
    await turn()
    const now = performance.now()
    if ((taken() === before && now - began < quietMs) || now > until) return
  }
}
