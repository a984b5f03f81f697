import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Nginx } from '@/tests/support/nginx/nginx'

/** What came of one request; `status` is 0 where no answer came. Times as `performance.now()`. */
export type Visit = { method: string; path: string; status: number; began: number; ended: number }

export type Visitors = {
  /** Where tests send what is to come to nginx. */
  url: string
  visits: Visit[]
  close(): Promise<void>
}

/**
 * Stands for the machines of visitors: takes plain requests of the tests and sends each by TLS to nginx, from an address of
 * this machine (127.…) that it makes of `x-test-address`, so that nginx sees as many networks as there are.
 */
export async function startVisitors(name: string, { port, certificate }: Nginx): Promise<Visitors> {
  const visits: Visit[] = []
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming
    const { 'x-test-address': address, ...headers } = incoming.headers
    const visit: Visit = { method, path, status: 0, began: performance.now(), ended: Number.POSITIVE_INFINITY }
    visits.push(visit)
    const sent = request({
      host: '127.0.0.1',
      port,
      servername: name,
      ca: certificate,
      agent: false,
      localAddress: String(address ?? '127.0.0.1').replace(/^\d+/, '127'),
      method,
      path,
      headers: { ...headers, host: name },
    })
    try {
      const [body, answered] = [await buffer(incoming), once(sent, 'response')]
      sent.end(body)
      const [answer] = (await answered) as [IncomingMessage]
      const content = await buffer(answer)
      visit.status = answer.statusCode ?? 0
      visit.ended = performance.now()
      for (const [header, value] of Object.entries(answer.headers))
        if (value !== undefined && header !== 'transfer-encoding') outgoing.setHeader(header, value)
      outgoing.writeHead(visit.status).end(content)
    } catch {
      visit.ended = performance.now()
      outgoing.destroy()
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
