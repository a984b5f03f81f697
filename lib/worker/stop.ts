import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

/** Longer than any answer of ours takes; whoever asked for the stop gives ten. */
const patienceMs = 9_000

/**
 * Lets a server process end in time once it is told to. Next takes nothing new and waits for what is under way, but also
 * for connections that browsers keep open without using them, and for clients that never take their answer.
 */
export function stopInTime(): void {
  const servers = new Set<Server>()
  subscribe('http.server.request.start', (message) => servers.add((message as { server: Server }).server))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      setInterval(() => {
        for (const server of servers) server.closeIdleConnections()
      }, 50).unref()
      setTimeout(() => process.exit(0), patienceMs).unref()
      // Nothing went wrong, so neither npm nor a supervisor should say so.
      process.once('exit', (code) => {
        if (code > 128) process.exitCode = 0
      })
    })
}
