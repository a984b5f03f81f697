import { AsyncResource } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { env } from '@/lib/env'
import { refuseBusy } from '@/lib/http/busy-page'
import { type Lane, openLane } from '@/lib/http/lane'
import { clientNetwork } from '@/lib/http/network'
import { maxBodyBytes } from '@/lib/http/read-bytes'
import { securityHeaders } from '@/lib/http/security-headers'
import { transportSecurity } from '@/lib/http/transport-security'
import { sendWhole } from '@/lib/http/whole-answer'
import { untilOver } from '@/lib/http/work'
import { logEvent } from '@/lib/log'
import { gatePolicy } from '@/lib/policy'
import { record } from '@/lib/telemetry'

type LaneName = keyof typeof gatePolicy

/** What machines ask for. Everything else that is no file of the build waits its turn. */
const ofMachines = ['/api/health/live', '/api/health/ready', '/api/webhooks/resend', '/api/cron/mail']

/**
 * Stands before the framework in a process that lives on: only as many requests are worked at as it can do at once, some wait in line,
 * and the rest are told to come back before anything is read or counted of them. The same for whoever asks, and for whatever.
 */
export function keepGate(): void {
  const lanes = { submissions: openLane(gatePolicy.submissions), pages: openLane(gatePolicy.pages) }
  const servers = new WeakSet<Server>()
  // Node tells of a request before the server's own listeners hear of it.
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server }
    if (servers.has(server)) return
    servers.add(server)
    // Nothing of ours speaks another protocol, and a connection that is taken over has no limit of time.
    if (process.env.NODE_ENV !== 'development') server.removeAllListeners('upgrade')
    const listeners = server.listeners('request') as ((...of: unknown[]) => unknown)[]
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Whoever gives up a place, or is answered before, is another request, whose context this one must not have.
      const serve = AsyncResource.bind(() =>
        untilOver(() => Promise.all(listeners.map((listener) => listener.call(server, request, response)))),
      )
      sendWhole(request, response)
      const come = () => {
        const name = laneOf(request)
        if (!/^(?:\/|https?:)/i.test(request.url ?? '')) refuse(request, response, 400, 'Not an address')
        else if (name === null) void serve()
        else admit(lanes[name], name, request, response, serve)
      }
      // One that was sent ahead of the answer to the one before has its turn after that: should its sender leave, nobody would be told.
      if (response.socket) come()
      else response.once('socket', come)
    })
  })
}

/** In which lane a request waits; null where it goes on at once, because machines ask it or it is a file of the build. */
export function laneOf({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): LaneName | null {
  // However it is spelled: the framework leaves out what dots leave.
  const target = `http://any${url}`
  const path = URL.canParse(target) ? new URL(target).pathname : ''
  const isRead = method === 'GET' || method === 'HEAD'
  if (ofMachines.includes(path) || (isRead && path.startsWith('/_next/static/'))) return null
  return isRead ? 'pages' : 'submissions'
}

function admit(
  lane: Lane,
  name: LaneName,
  request: IncomingMessage,
  response: ServerResponse,
  serve: () => Promise<unknown>,
): void {
  const network = networkOfRequest(request)
  const refuseToServe = () => {
    noteRefused(name)
    refuseBusy(request, response)
  }
  if (lane.isFull(network)) {
    refuseToServe()
    return
  }
  const join = async () => {
    // Who left before it was their turn to be heard: that is told after what they sent.
    await nextTurn()
    await nextTurn()
    if (response.destroyed) return
    const cameAt = performance.now()
    let isServed = false
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    const begin = () => {
      isServed = true
      record('metamots.gate.wait', performance.now() - cameAt)
      // Whoever leaves has not ended what was begun for them.
      Promise.all([serve(), closed]).then(() => leave())
    }
    const leave = lane.join(network, begin, refuseToServe)
    closed.then(() => isServed || leave())
  }
  if (name === 'pages') void join()
  else whenWhole(request, join, () => refuse(request, response, 413, 'Too large'))
  // What nobody has read would keep the connection from its next request.
  response.once('close', () => request.resume())
}

/**
 * Calls `then` once a body has come, or `isTooLong` as soon as it is longer than any form of ours: who sends slowly, or without an end,
 * holds no place meanwhile. By how the parser hands it over, for to listen for it would begin to read it, and end one without
 * content before anybody else listens.
 */
function whenWhole(request: IncomingMessage, then: () => void, isTooLong: () => void): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) isTooLong()
  else if (request.complete) then()
  else {
    const { push } = request
    let bytes = 0
    request.push = (chunk: Buffer | null, encoding) => {
      const hasRoom = push.call(request, chunk, encoding)
      bytes += chunk?.length ?? 0
      if (chunk !== null && bytes <= maxBodyBytes) return true
      request.push = push
      process.nextTick(chunk === null ? then : isTooLong)
      return hasRoom
    }
  }
}

/** Answers what no form or page of ours sends, and hangs up. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...Object.fromEntries(securityHeaders.map(({ key, value }) => [key, value])),
    'cross-origin-opener-policy': 'same-origin',
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'strict-transport-security': transportSecurity(),
    connection: 'close',
  })
  response.end(`${text}\n`)
  response.once('close', () => request.resume())
}

function networkOfRequest({ headers }: IncomingMessage): string | null {
  const { trustedIpHeader } = env()
  return trustedIpHeader === null ? null : clientNetwork(String(headers[trustedIpHeader.toLowerCase()] ?? ''))
}

const refused = new Map<LaneName, number>()

/** A line of the log a second, however many are refused. */
function noteRefused(lane: LaneName): void {
  const before = refused.get(lane)
  refused.set(lane, (before ?? 0) + 1)
  if (before !== undefined) return
  setTimeout(() => {
    logEvent('gate_refused', { lane, requests: refused.get(lane) ?? 0 })
    refused.delete(lane)
  }, 1_000).unref()
}
