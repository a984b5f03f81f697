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

/**
 * Calls `then` once a body has come, or `isTooLong` as soon as it is longer than any form of ours, or comes in more pieces: who sends
 * slowly, or without an end, holds no place meanwhile. By how the parser hands it over, for to listen for it would begin to read it,
 * and end one without content before anybody else listens.
 */
export function whenWhole(request: IncomingMessage, then: () => void, isTooLong: () => void): void {
  // What was sent ahead of an answer has come already.
  let bytes = request.readableLength
  let pieces = 0
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes || bytes > maxBodyBytes) isTooLong()
  else if (request.complete) then()
  else {
    const { push, socket } = request
    request.push = (chunk: Buffer | null, encoding) => {
      const hasRoom = push.call(request, chunk, encoding)
      bytes += chunk?.length ?? 0
      pieces += 1
      if (chunk !== null && bytes <= maxBodyBytes && pieces <= gateFairness.maxPieces) return true
      request.push = push
      process.nextTick(chunk === null ? then : isTooLong)
      return hasRoom
    }
    // It may have been full before its turn, and nobody reads it yet.
    if (bytes > 0) socket.resume()
  }
}
