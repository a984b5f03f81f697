import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RawForm, submission } from '@/tests/e2e/raw-form'

export type Timed = { milliseconds: number; status: number }

export type Manner = {
  /** As the scripts of the page submit it. */
  scripted: boolean
  /** Milliseconds of the time taken before it is sent. */
  heldBack?: number
}

/** One kept-alive connection to the application, over which one request goes at a time. */
export type Line = {
  /** Submits a form from a network address of its own, and takes the time to the head of the answer. */
  submit(form: RawForm, fields: Record<string, string>, how: Manner): Promise<Timed>
  hangUp(): void
}

export function openLine(port: number): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true })
  const host = `localhost:${port}`
  return {
    async submit(form, fields, { scripted, heldBack = 0 }) {
      const boundary = randomBytes(16).toString('hex')
      const post = submission(form, fields, scripted)
      const body = encode(boundary, post.fields ?? [])
      const headers = {
        ...post.headers,
        host,
        origin: `http://${host}`,
        'sec-fetch-site': 'same-origin',
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': body.length,
        'x-test-address': [10, randomInt(256), randomInt(256), randomInt(256)].join('.'),
      }
      const began = performance.now()
      if (heldBack > 0) await sleep(heldBack)
      const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', path: form.path, headers })
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
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`)
}
