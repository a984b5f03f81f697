import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Answer = { status: number; milliseconds: number; head: string }

/** One connection, kept alive, over which one prepared request goes at a time. It reads no more of an answer than where it ends. */
export type Line = {
  /** Sends a request; with `apart`, its head first and its body so many milliseconds later. Throws where the connection ends before the answer. */
  ask(request: Buffer, apart?: number): Promise<Answer>
  hangUp(): void
}

export async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return { ask: (request, apart) => ask(socket, request, apart), hangUp: () => socket.destroy() }
}

function ask(socket: Socket, request: Buffer, apart = 0): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let got: Buffer = Buffer.alloc(0)
    const end = () => socket.off('data', take).off('close', lost).off('error', lost)
    const lost = () => {
      end()
      reject(new Error('the connection ended before the answer'))
    }
    const take = (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      const headEnd = got.indexOf('\r\n\r\n')
      const head = got.toString('latin1', 0, Math.max(0, headEnd))
      if (headEnd < 0 || !isWhole(head, got.subarray(headEnd + 4))) return
      end()
      resolve({ status: Number(head.slice(9, 12)), milliseconds: performance.now() - began, head })
    }
    socket.on('data', take).on('close', lost).on('error', lost)
    const headEnd = request.indexOf('\r\n\r\n') + 4
    socket.write(apart === 0 ? request : request.subarray(0, headEnd))
    if (apart > 0) setTimeout(() => socket.write(request.subarray(headEnd)), apart)
  })
}

function isWhole(head: string, body: Buffer): boolean {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length !== undefined) return body.length >= Number(length)
  return !/\r\ntransfer-encoding: chunked/i.test(head) || body.subarray(-5).toString('latin1') === '0\r\n\r\n'
}

export function requestOf(method: string, path: string, headers: Record<string, string>, body = ''): Buffer {
  const all = { host: 'localhost', ...headers, ...(body && { 'content-length': `${Buffer.byteLength(body)}` }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}
