import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { maxBodyBytes } from '@/lib/http/read-bytes'
import { gateFairness } from '@/lib/policy'

/** How many requests of a connection wait for the answers to those before them. */
const ahead = new WeakMap<Socket, number>()

/**
 * Calls `come` once the answers to all requests before this one have left: should its sender leave sooner, nobody would be told. Node goes on
 * reading what is sent ahead for as long as there are no answers to send, so whoever sends far ahead is cut off.
 */
export function inTurn({ socket }: IncomingMessage, response: ServerResponse, come: () => void): void {
  if (response.socket) {
    come()
    return
  }
  const waiting = (ahead.get(socket) ?? 0) + 1
  ahead.set(socket, waiting)
  if (waiting > gateFairness.maxAhead) socket.destroy()
  else
    response.once('socket', () => {
      ahead.set(socket, (ahead.get(socket) ?? 1) - 1)
      come()
    })
}

/** What became of a body: longer than any form of ours, or in more pieces, is too long. */
export type Body = Promise<'whole' | 'too long'>

/** Requests whose body was too long before their turn had come. */
const cutShort = new WeakSet<IncomingMessage>()

/** Whether nothing but the beginning of its body is there. */
export function isCutShort(request: IncomingMessage): boolean {
  return cutShort.has(request)
}

/**
 * Says what becomes of a body, as soon as that is known. To be asked when a request is told of: what is sent ahead of an answer comes
 * meanwhile, and of that no more is kept than a form can have. By how the parser hands it over, for to listen for it would begin to read
 * it, and end one without content before anybody else listens.
 */
export function watchBody(request: IncomingMessage, response: ServerResponse): Body {
  const { push, headers } = request
  let [bytes, pieces] = [0, 0]
  return new Promise((resolve) => {
    if (Number(headers['content-length'] ?? 0) > maxBodyBytes) resolve('too long')
    request.push = (chunk: Buffer | null, encoding) => {
      const hasRoom = push.call(request, chunk, encoding)
      bytes += chunk?.length ?? 0
      pieces += 1
      if (chunk !== null && bytes <= maxBodyBytes && pieces <= gateFairness.maxPieces) return true
      request.push = push
      resolve(chunk === null ? 'whole' : 'too long')
      if (chunk === null || response.socket) return hasRoom
      cutShort.add(request)
      request.push = (more, how) => more !== null || push.call(request, more, how)
      return true
    }
  })
}
