import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** `name` and `message` as in Resend's list of errors; `retryAfter` in seconds. */
export type Failure = { status: number; name: string; message: string; retryAfter?: number }

export type RecordedRequest = {
  /** When it had arrived completely, as `Date.now()`. */
  at: number
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  /** Null until it is answered. */
  status: number | null
}

export const otherBody: Failure = {
  status: 409,
  name: 'invalid_idempotent_request',
  message: 'Same idempotency key used with a different request payload.',
}

export const inFlight: Failure = {
  status: 409,
  name: 'concurrent_idempotent_requests',
  message: 'Same idempotency key used while original request is still in progress.',
}

/** Reads a request; its status follows when it is answered. */
export async function record(incoming: IncomingMessage, response: ServerResponse): Promise<RecordedRequest> {
  const body = await text(incoming)
  const { method = '', url: path = '', headers } = incoming
  const request: RecordedRequest = { at: Date.now(), method, path, headers, body, status: null }
  response.once('finish', () => {
    request.status = response.statusCode
  })
  return request
}

/** What Resend finds wrong with a request before it looks at the idempotency key's history, or null. */
export function findFault({ method, path, headers, body }: RecordedRequest): Failure | null {
  if (path !== '/emails') return { status: 404, name: 'not_found', message: 'The requested endpoint does not exist.' }
  if (method !== 'POST') return { status: 405, name: 'method_not_allowed', message: 'Method is not allowed.' }
  if (!/^Bearer \S+$/.test(headers.authorization ?? '')) {
    return { status: 401, name: 'missing_api_key', message: 'Missing API key in the authorization header.' }
  }
  const keyLength = headers['idempotency-key']?.length ?? 1
  if (keyLength < 1 || keyLength > 256) {
    return { status: 400, name: 'invalid_idempotency_key', message: 'The key must be between 1-256 chars.' }
  }
  const missing = findMissingField(body)
  if (missing === null) return null
  return { status: 422, name: 'missing_required_field', message: `Missing \`${missing}\` field.` }
}

export function answerFailure(response: ServerResponse, { status, name, message, retryAfter }: Failure): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ statusCode: status, name, message }))
}

/** Answers that the mail was accepted: at once, or one byte every `msPerByte`. */
export async function answerId(response: ServerResponse, id: string, msPerByte: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' })
  const body = JSON.stringify({ id })
  for (const byte of msPerByte > 0 ? body.slice(0, -1) : '') {
    if (response.destroyed) return
    response.write(byte)
    await sleep(msPerByte)
  }
  response.end(msPerByte > 0 ? body.slice(-1) : body)
}

function findMissingField(body: string): string | null {
  try {
    const mail = JSON.parse(body)
    return ['from', 'to', 'subject'].find((field) => !mail[field]) ?? (mail.html || mail.text ? null : 'html')
  } catch {
    return 'from'
  }
}
