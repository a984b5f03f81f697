import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse, refuseTooLong } from '@/lib/http/refuse'
import type { Body } from '@/lib/http/whole-request'

/** What Next's answer to a form carries along when it asks itself for the page that comes next. */
const withinHeader = 'x-within'

/** The values of it that stand for forms which hold a place. */
const atWork = new Set<string>()

/** Has what Next asks itself for on behalf of this form known as that, until what is returned is called. */
export function asksWithin({ headers }: IncomingMessage): () => void {
  const id = randomUUID()
  headers[withinHeader] = id
  atWork.add(id)
  return () => atWork.delete(id)
}

/** Whether a page is asked for by a form that holds a place and waits for it: it would wait for all who read. */
export function isWithin({ headers, method }: IncomingMessage): boolean {
  const value = String(headers[withinHeader] ?? '')
  delete headers[withinHeader]
  return method === 'GET' && atWork.has(value)
}

/** Whether Next asks itself, because the page that is asked has no such action. */
export function isForwarded({ headers }: IncomingMessage): boolean {
  return 'x-action-forwarded' in headers
}

/** As the middleware would: in line it would wait for a place that the request holds which waits for it. Next has to be heard out, and to get no body. */
export async function refuseForwarded(request: IncomingMessage, response: ServerResponse, body: Body): Promise<void> {
  const none = { 'content-length': '0', 'x-nextjs-action-not-found': '1' }
  if ((await body) === 'whole') refuse(request, response, 409, '', none)
  else refuseTooLong(request, response)
}
