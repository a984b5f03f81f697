import type { IncomingMessage, ServerResponse } from 'node:http'
import { securityHeaders } from '@/lib/http/security-headers'
import { transportSecurity } from '@/lib/http/transport-security'

/** The headers of every answer that is given before the framework hears of a request. */
export function ofEveryRefusal(): Record<string, string> {
  return {
    ...Object.fromEntries(securityHeaders.map(({ key, value }) => [key, value])),
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': transportSecurity(),
    'cache-control': 'no-store',
  }
}

/** Answers what no form or page of ours sends, and hangs up. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...ofEveryRefusal(),
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    connection: 'close',
    ...headers,
  })
  response.end(text)
  response.once('close', () => request.resume())
}

/** Answers a body that is longer than any form of ours. */
export function refuseTooLong(request: IncomingMessage, response: ServerResponse): void {
  refuse(request, response, 413, 'Too large\n')
}
