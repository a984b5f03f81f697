import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import Negotiator from 'negotiator'

/** Less than this is not worth it: bytes. */
const least = 1_024

/** Files of a build, which never change: by encoding and path. */
const files = new Map<string, Buffer>()

/**
 * Lets the text that the framework writes for a request go out as one, compressed once. It writes a page in pieces, and to compress
 * each of them takes as much of a core as to draw them, and a fifth more bytes. Anything else goes out as it is written.
 */
export function sendWhole(request: IncomingMessage, response: ServerResponse): void {
  const { write, end, flushHeaders } = response
  const pieces: Buffer[] = []
  const isWhole = () => {
    if (pieces.length > 0 || isText(response)) return true
    Object.assign(response, { write, end, flushHeaders })
    return false
  }
  // Nothing has been said yet that the end could not change.
  response.flushHeaders = () => undefined
  response.write = (...[piece, encoding, then]: unknown[]) => {
    if (!isWhole()) return write.apply(response, [piece, encoding, then] as never)
    pieces.push(bytesOf(piece, encoding))
    const done = typeof encoding === 'function' ? encoding : then
    if (typeof done === 'function') process.nextTick(done)
    return true
  }
  response.end = (...[piece, encoding, then]: unknown[]) => {
    if (!isWhole()) return end.apply(response, [piece, encoding, then] as never)
    if (piece && typeof piece !== 'function') pieces.push(bytesOf(piece, encoding))
    Object.assign(response, { write, end, flushHeaders })
    // A hint for browsers that would come no sooner than the page; and whether it is found in time is chance, by which no two answers must differ.
    response.removeHeader('link')
    const done = [piece, encoding, then].find((each) => typeof each === 'function')
    const body = asAccepted(request, response, Buffer.concat(pieces))
    return end.apply(response, [request.method === 'HEAD' ? undefined : body, done] as never)
  }
}

function bytesOf(piece: unknown, encoding: unknown): Buffer {
  return typeof piece === 'string' ? Buffer.from(piece, encoding as BufferEncoding) : Buffer.from(piece as Uint8Array)
}

/** Whether what is about to be written is a text, of which nothing has been sent and which nobody compressed. */
function isText(response: ServerResponse): boolean {
  const type = String(response.getHeader('content-type') ?? '')
  return (
    !response.headersSent &&
    ![204, 206, 304].includes(response.statusCode) &&
    // What is for keeping may be long, and is made as it is taken.
    !response.hasHeader('content-disposition') &&
    !response.hasHeader('content-encoding') &&
    /^(?:text\/|application\/(?:javascript|json|manifest\+json)|image\/svg\+xml)/.test(type)
  )
}

/** The body in an encoding that the client takes, with the headers that say so. */
function asAccepted(request: IncomingMessage, response: ServerResponse, body: Buffer): Buffer {
  const varies = [response.getHeader('vary') ?? []].flat().join(', ')
  // What the framework answers a form with may have come by here already.
  if (!/\baccept-encoding\b/i.test(varies))
    response.setHeader('vary', [varies, 'Accept-Encoding'].filter(Boolean).join(', '))
  if (request.method === 'HEAD') {
    // It has no body by which to say how long that would be, compressed.
    response.removeHeader('content-length')
    return body
  }
  const encoding = body.length < least ? 'identity' : acceptedBy(request)
  const form = encoding === 'br' || encoding === 'gzip' ? encoding : 'identity'
  const bytes = inForm(form, fileOf(request, response), body)
  if (form !== 'identity') response.setHeader('content-encoding', form)
  response.setHeader('content-length', bytes.length)
  return bytes
}

/** Of what a client takes the smallest, whatever it names first. */
function acceptedBy(request: IncomingMessage): string | undefined {
  // Its types are those of an earlier release.
  const negotiator: { encoding(known: string[], how: { preferred: string[] }): string | undefined } = new Negotiator(
    request,
  )
  return negotiator.encoding(['br', 'gzip', 'identity'], { preferred: ['br', 'gzip'] })
}

/** The path of a file of a build that was found, which has no other name; null for anything else. */
function fileOf({ url = '' }: IncomingMessage, { statusCode }: ServerResponse): string | null {
  const [path = ''] = url.split('?')
  return statusCode === 200 && /^\/_next\/static\/(?:[\w~-]+\/)*[\w.~-]+$/.test(path) ? path : null
}

/** A body in an encoding; that of a file is made once, and shared by all who take it. */
function inForm(form: 'br' | 'gzip' | 'identity', file: string | null, body: Buffer): Buffer {
  const key = `${form} ${file}`
  const known = file === null ? undefined : files.get(key)
  if (known) return known
  const bytes = encoded(form, body)
  if (file !== null) files.set(key, bytes)
  return bytes
}

function encoded(form: 'br' | 'gzip' | 'identity', body: Buffer): Buffer {
  if (form === 'identity') return body
  if (form === 'gzip') return gzipSync(body)
  return brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  })
}
