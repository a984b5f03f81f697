import { AsyncResource } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { env } from '@/lib/env'
import { refuseBusy } from '@/lib/http/busy-page'
import { isFile } from '@/lib/http/files'
import { type Lane, openLane } from '@/lib/http/lane'
import { clientNetwork } from '@/lib/http/network'
import { sendWhole } from '@/lib/http/whole-answer'
import { logEvent } from '@/lib/log'
import { gatePolicy } from '@/lib/policy'
import { record } from '@/lib/telemetry'

type LaneName = keyof typeof gatePolicy

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
    const listeners = server.listeners('request') as RequestListener[]
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Whoever gives up a place, or is answered before, is another request, whose context this one must not have.
      const serve = AsyncResource.bind(() => {
        for (const listener of listeners) listener.call(server, request as never, response as never)
      })
      sendWhole(request, response)
      const name = laneOf(request)
      if (name === null) {
        serve()
        return
      }
      const come = () => admit(lanes[name], name, request, response, serve)
      // One that was sent ahead of the answer to the one before has its turn after that: should its sender leave, nobody would be told.
      if (response.socket) come()
      else response.once('socket', come)
    })
  })
}

/** In which lane a request waits; null where it goes on at once, because machines ask it or it is a file. */
export function laneOf({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): LaneName | null {
  const [path = ''] = url.split('?')
  const isRead = method === 'GET' || method === 'HEAD'
  if (path.startsWith('/api/') || path.startsWith('/_next/') || (isRead && isFile(path))) return null
  return isRead ? 'pages' : 'submissions'
}

function admit(
  lane: Lane,
  name: LaneName,
  request: IncomingMessage,
  response: ServerResponse,
  serve: () => void,
): void {
  const network = networkOfRequest(request)
  const refuse = () => {
    noteRefused(name)
    refuseBusy(request, response)
  }
  if (lane.isFull(network)) {
    refuse()
    return
  }
  const join = () => {
    if (response.destroyed) return
    const cameAt = performance.now()
    const begin = () => {
      record('metamots.gate.wait', performance.now() - cameAt)
      serve()
    }
    const leave = lane.join(network, begin, refuse)
    response.once('close', leave)
  }
  if (name === 'pages') join()
  else whenWhole(request, join)
  // What nobody has read would keep the connection from its next request.
  response.once('close', () => request.resume())
}

/**
 * Calls `then` once a body has come, or so much of it as no form of ours has: who sends slowly holds no place meanwhile. By how the
 * parser hands it over, for to listen for it would begin to read it, and end one without content before anybody else listens.
 */
function whenWhole(request: IncomingMessage, then: () => void): void {
  if (request.complete) {
    then()
    return
  }
  const { push } = request
  request.push = (chunk, encoding) => {
    const hasRoom = push.call(request, chunk, encoding)
    if (chunk === null || !hasRoom) {
      request.push = push
      process.nextTick(then)
    }
    return hasRoom
  }
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
