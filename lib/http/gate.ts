import { AsyncResource } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { networksOf } from '@/lib/caller'
import { env } from '@/lib/env'
import { refuseBusy } from '@/lib/http/busy-page'
import { type Lane, openLane } from '@/lib/http/lane'
import { clientNetwork } from '@/lib/http/network'
import { refuse, refuseTooLong } from '@/lib/http/refuse'
import { hasBody, isRead, type LaneName, laneOf } from '@/lib/http/request-kind'
import { asksWithin, isForwarded, isWithin, refuseForwarded } from '@/lib/http/self-requests'
import { sendWhole } from '@/lib/http/whole-answer'
import { type Body, inTurn, isCutShort, watchBody } from '@/lib/http/whole-request'
import { notingWork } from '@/lib/http/work'
import { logEvent } from '@/lib/log'
import { gatePolicy } from '@/lib/policy'
import { record } from '@/lib/telemetry'

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * Stands before the framework in a process that lives on: only as many requests are worked at as it can do at once, some wait in line,
 * and the rest are told to come back before anything is read or counted of them. The same for whoever asks, and for whatever.
 */
export function keepGate(): void {
  const lanes = {
    submissions: openLane(gatePolicy.submissions),
    pages: openLane(gatePolicy.pages),
    applications: openLane(gatePolicy.applications),
  }
  const servers = new WeakSet<Server>()
  const guard = (server: unknown) => {
    if (!(server instanceof Server) || servers.has(server)) return
    servers.add(server)
    // Nothing of ours speaks another protocol, and a connection that is taken over has no limit of time.
    server.removeAllListeners('upgrade')
    // Nor does anybody expect anything of us: Node would answer that by itself, however often.
    server.on('checkExpectation', ({ socket }: IncomingMessage) => socket.destroy())
    const listeners = server.listeners('request') as Listener[]
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Whoever gives up a place, or is answered before, is another request, whose context this one must not have.
      const serve = AsyncResource.bind((begun: Promise<unknown>[]) => {
        sendWhole(request, response)
        return notingWork(begun, () =>
          Promise.all(listeners.map(async (listener) => listener.call(server, request, response))),
        )
      })
      const body = watchBody(request, response)
      inTurn(request, response, () => {
        const name = laneOf(request)
        const isAsked = isWithin(request)
        if (!/^(?:\/|https?:)/i.test(request.url ?? '')) refuse(request, response, 400, 'Not an address\n')
        else if (isCutShort(request)) refuseTooLong(request, response)
        else if (isRead(request) && hasBody(request)) refuse(request, response, 400, 'No page is asked for by a body\n')
        else if (name === null || isAsked) void serve([])
        else if (name === 'submissions' && isForwarded(request)) refuseForwarded(request, response, body)
        else admit(lanes[name], name, request, response, body, serve)
      })
    })
  }
  // Node tells of a connection before anybody hears of what comes by it, and of a request by one that was there before.
  subscribe('net.server.socket', (message) => guard((message as { socket: { server?: unknown } }).socket.server))
  subscribe('http.server.request.start', (message) => guard((message as { server: unknown }).server))
}

function admit(
  lane: Lane,
  name: LaneName,
  request: IncomingMessage,
  response: ServerResponse,
  body: Body,
  serve: (begun: Promise<unknown>[]) => Promise<unknown>,
): void {
  const networks = networksOfRequest(request)
  const refuseToServe = () => {
    noteRefused(name)
    refuseBusy(request, response)
  }
  if (lane.isFull(networks)) {
    refuseToServe()
    return
  }
  const join = async () => {
    // Who broke off before they were heard is told of after what they sent, by one release of Node so and by another so. Who only hung
    // up may count on what was sent.
    await nextTurn()
    await nextTurn()
    if (response.destroyed || request.socket.errored) return
    const cameAt = performance.now()
    let isServed = false
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    const begin = () => {
      isServed = true
      record('metamots.gate.wait', performance.now() - cameAt)
      void work().then(() => leave())
    }
    const work = async () => {
      const isOver = name === 'submissions' ? asksWithin(request) : () => undefined
      const begun: Promise<unknown>[] = []
      const handedOver = untilEnded(response)
      // Whoever leaves has not ended what was begun for them; and who does not take the answer keeps nobody else from theirs.
      await Promise.race([handedOver, Promise.all([serve(begun), closed])])
      await Promise.allSettled(begun)
      isOver()
    }
    const leave = lane.join(networks, begin, refuseToServe)
    closed.then(() => isServed || leave())
  }
  if (isRead(request)) void join()
  else body.then((became) => (became === 'whole' ? join() : refuseTooLong(request, response)))
  // What nobody has read would keep the connection from its next request.
  response.once('close', () => request.resume())
}

/** Returns once an answer is whole, whoever takes it. */
function untilEnded(response: ServerResponse): Promise<void> {
  const { end } = response
  return new Promise((resolve) => {
    response.end = (...given: unknown[]) => {
      resolve()
      return end.apply(response, given as never)
    }
  })
}

function networksOfRequest({ headers }: IncomingMessage): string[] {
  const { trustedIpHeader } = env()
  return trustedIpHeader === null ? [] : networksOf(clientNetwork(String(headers[trustedIpHeader] ?? '')))
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
