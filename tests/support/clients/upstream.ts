import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen } from '@/tests/support/http/listener'

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

/** An application behind a proxy: it keeps what it is asked, and answers what it got. */
export type Upstream = { port: number; asked: Asked[]; close(): void }

export async function startUpstream(): Promise<Upstream> {
  const asked: Asked[] = []
  const { port, close } = await listen(async (request, response) => {
    const { method = '', url = '', headers } = request
    const got = { method, path: url, headers, body: await text(request) }
    asked.push(got)
    response.setHeader('content-type', 'text/plain; charset=utf-8').end(JSON.stringify(got))
  })
  return { port, asked, close }
}
