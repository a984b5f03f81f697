import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

/** An application behind a proxy: it keeps what it is asked, and answers what it got. */
export type Upstream = { port: number; asked: Asked[]; close(): void }

export async function startUpstream(): Promise<Upstream> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const got = { method, path: url, headers, body: await text(request) }
    asked.push(got)
    response.setHeader('content-type', 'text/plain; charset=utf-8').end(JSON.stringify(got))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
