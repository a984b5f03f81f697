import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { count, traceId } from '@/lib/telemetry'

let output: NodeJS.WriteStream = process.stdout

/** Sends events to standard error from now on, for a command whose standard output is its answer. */
export function logToStandardError(): void {
  output = process.stderr
}

type Fields = Record<string, string | number | boolean | null>

// The build holds this module more than once.
const shared = globalThis as { __metamotsRequest?: AsyncLocalStorage<string | null> }
shared.__metamotsRequest ??= new AsyncLocalStorage()
const requests = shared.__metamotsRequest

/** Runs work for a request: all that it logs, however deep, says which. Null for what no request asked for. */
export function inRequest<Value>(request: string | null, work: () => Value): Value {
  return requests.run(request, work)
}

/** The request that this is done for, or null. */
export function currentRequest(): string | null {
  return requests.getStore() ?? null
}

/** Writes one JSON line and counts it. Values must already be free of secrets and raw addresses. */
export function logEvent(event: string, fields: Fields = {}): void {
  output.write(line(event, fields))
  count(event, fields)
}

/** Writes an unexpected error by name, code and place, never its message, which may quote data. Returns the reference to show. */
export function logError(event: string, error: unknown, reference: string = randomUUID().slice(0, 8)): string {
  const { name, code, stack } =
    error instanceof Error
      ? (error as NodeJS.ErrnoException)
      : { name: typeof error, code: undefined, stack: undefined }
  const place =
    stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? null
  process.stderr.write(line(event, { reference, error: name, code: code ?? null, place }))
  count(event, {})
  return reference
}

function line(event: string, fields: Fields): string {
  const request = currentRequest()
  const trace = traceId()
  const whence = { ...(request !== null && { request }), ...(trace !== undefined && trace !== request && { trace }) }
  return `${JSON.stringify({ at: new Date().toISOString(), event, ...whence, ...fields })}\n`
}
