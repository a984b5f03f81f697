import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export type RawRequest = {
  port: number
  method?: string
  /** What stands in the request line: a path, or a whole address. */
  target: string
  /** Names and values in turn, sent as they are: `Host` too, as often as it stands here. */
  headers: string[]
  body?: Buffer
}

/** Sends what `fetch` would put right. Redirects are not followed. */
export async function rawRequest({ port, method = 'GET', target, headers, body }: RawRequest): Promise<Response> {
  const sent = request({
    host: '127.0.0.1',
    port,
    method,
    path: target,
    headers,
    setHost: false,
    maxHeaderSize: 1_000_000,
  })
  sent.end(body)
  return new Promise((resolve, reject) => {
    sent.once('error', reject)
    sent.once('response', async (answer) => {
      const content = await buffer(answer)
      const { statusCode: status = 0, rawHeaders } = answer
      const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
      )
      resolve(new Response([204, 304].includes(status) ? null : new Uint8Array(content), { status, headers: pairs }))
    })
  })
}
