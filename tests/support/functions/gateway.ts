import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Invocation } from '@/tests/support/functions/instances'

export type Gateway = { url: string; close(): Promise<void> }

/** Listens for a platform's functions; `answer` passes each request on. What fails is a 502. */
export async function openGateway(
  answer: (invocation: Invocation, response: ServerResponse) => Promise<void>,
): Promise<Gateway> {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headersDistinct } = request
    const headers = { ...(headersDistinct as Record<string, string[]>), 'x-forwarded-proto': 'https' }
    try {
      await answer({ method, url, headers, body: await buffer(request) }, response)
    } catch (error) {
      if (!response.headersSent) response.writeHead(502)
      response.end(String(error))
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
