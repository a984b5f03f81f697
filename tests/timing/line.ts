import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RawPost } from '@/tests/support/http/forms'

export type Timed = { milliseconds: number; status: number }

/** One kept-alive connection to the application, over which one request goes at a time. */
export type Line = {
  /** Posts from a network address of its own, and takes the time to the head of the answer; `heldBack` ms count too. */
  post(path: string, post: RawPost, heldBack?: number): Promise<Timed>
  hangUp(): void
}

export function openLine(port: number): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true })
  const host = `localhost:${port}`
  return {
    async post(path, { fields = [], headers = {} }, heldBack = 0) {
      const boundary = randomBytes(16).toString('hex')
      const body = encode(boundary, fields)
      const all = {
        ...headers,
        host,
        origin: `http://${host}`,
        'sec-fetch-site': 'same-origin',
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.length,
        // As a browser that has the page: whoever has no language is given it, and the whole page along with it.
        cookie: ['lang=fr', headers.cookie].filter(Boolean).join('; '),
        'x-test-address': [10, randomInt(256), randomInt(256), randomInt(256)].join('.'),
      }
      const began = performance.now()
      if (heldBack > 0) await sleep(heldBack)
      const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', path, headers: all })
      sent.end(body)
      const [answer] = (await once(sent, 'response')) as [IncomingMessage]
      const milliseconds = performance.now() - began
      answer.resume()
      await once(answer, 'end')
      return { milliseconds, status: answer.statusCode ?? 0 }
    },
    hangUp: () => agent.destroy(),
  }
}

function encode(boundary: string, fields: [string, unknown][]): Buffer {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`)
}
