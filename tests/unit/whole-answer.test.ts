import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { sendWhole } from '@/lib/http/whole-answer'

const text = 'Ein Satz, der länger wird. '.repeat(200)
const html = { 'content-type': 'text/html; charset=utf-8' }
let server: Server | null = null

afterEach(() => {
  server?.close()
  server = null
})

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip;q=1, br;q=0.5', 'gzip', gunzipSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
])(
  'a text that is written in pieces arrives as one, compressed, by whoever takes %s',
  async (accepts, encoding, read) => {
    const answer = await ask({ 'accept-encoding': accepts }, (response) => {
      for (const [name, value] of Object.entries(html)) response.setHeader(name, value)
      response.setHeader('vary', 'rsc')
      response.flushHeaders()
      for (const piece of [text, Buffer.from(text)]) response.write(piece)
      response.end(text)
    })
    expect(read(answer.body).toString()).toBe(text.repeat(3))
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-length': `${answer.body.length}`,
      vary: 'rsc, Accept-Encoding',
    })
  },
)

test.each(['', 'identity', '*;q=0', 'br;q=0', 'nonsense;;;=,'])(
  'whoever takes %j gets a text as it is',
  async (accepts) => {
    const answer = await ask({ 'accept-encoding': accepts }, (response) => {
      response.setHeader('content-type', 'text/plain')
      response.end(text)
    })
    expect(answer.body.toString()).toBe(text)
    expect(answer.headers['content-encoding']).toBeUndefined()
  },
)

test('what is short, no text, a part, for keeping, sent already or compressed by somebody else goes out as it is written', async () => {
  const answers: [number, Record<string, string>, Buffer][] = [
    [200, html, Buffer.from('short')],
    [200, { 'content-type': 'image/webp' }, Buffer.from(text)],
    [206, { ...html, 'content-range': 'bytes 0-9/20' }, Buffer.from(text)],
    [200, { ...html, 'content-encoding': 'zstd' }, Buffer.from(text)],
    [200, { 'content-type': 'application/json', 'content-disposition': 'attachment' }, Buffer.from(text)],
    [200, {}, Buffer.from(text)],
  ]
  for (const [status, headers, body] of answers) {
    const answer = await ask({ 'accept-encoding': 'br' }, (response) => {
      response.statusCode = status
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      response.write(body.subarray(0, 3))
      response.end(body.subarray(3))
    })
    expect([answer.body.equals(body), answer.headers['content-encoding']]).toEqual([true, headers['content-encoding']])
  }
  const begun = await ask({ 'accept-encoding': 'br' }, (response) => response.writeHead(503, html).end(text))
  expect([begun.status, begun.body.toString()]).toEqual([503, text])
})

test('an answer without content has none, and says no encoding', async () => {
  for (const status of [204, 304]) {
    const answer = await ask({ 'accept-encoding': 'br' }, (response) => {
      response.statusCode = status
      response.setHeader('content-type', 'text/html')
      response.end()
    })
    expect([answer.status, answer.body.length, answer.headers['content-encoding']]).toEqual([status, 0, undefined])
  }
})

test('what varies is said once', async () => {
  const { headers } = await ask({}, (response) => {
    response.setHeader('content-type', 'text/html')
    response.setHeader('vary', ['rsc', 'accept-encoding'])
    response.end(text)
  })
  expect(headers.vary).toBe('rsc, accept-encoding')
})

test('whoever asks for the head alone is told what varies, and no length that an encoding would change', async () => {
  const { headers, body } = await ask(
    { 'accept-encoding': 'br' },
    (response) => {
      response.setHeader('content-type', 'text/html')
      response.setHeader('content-length', Buffer.byteLength(text))
      response.end(text)
    },
    '/',
    'HEAD',
  )
  expect([headers.vary, headers['content-length'], body.length]).toEqual(['Accept-Encoding', undefined, 0])
})

test('whoever writes is told when a piece was taken, and when all was', async () => {
  const told: string[] = []
  await ask({ 'accept-encoding': 'br' }, (response) => {
    response.setHeader('content-type', 'text/html')
    response.write(text, () => told.push('without encoding'))
    response.write(text, 'utf8', () => told.push('with encoding'))
    response.on('finish', () => told.push('finished'))
    response.end(() => told.push('ended'))
  })
  expect(told.toSorted()).toEqual(['ended', 'finished', 'with encoding', 'without encoding'])
})

test('a file of a build is compressed once, and what is not found under such a path is not taken for one', async () => {
  let content = `${text}1`
  const answered = async (path: string, status: number) =>
    brotliDecompressSync(
      (
        await ask(
          { 'accept-encoding': 'br' },
          (response) => {
            response.statusCode = status
            response.setHeader('content-type', 'application/javascript; charset=UTF-8')
            response.end(content)
          },
          path,
        )
      ).body,
    ).toString()
  const file = '/_next/static/chunks/one-2~.js'
  expect(await answered(file, 404)).toBe(content)
  content = `${text}2`
  expect(await answered(file, 200)).toBe(`${text}2`)
  content = `${text}3`
  for (const known of [file, `${file}?1`]) expect(await answered(known, 200)).toBe(`${text}2`)
  for (const other of ['/_next/static/../one.js', '/fr/login']) expect(await answered(other, 200)).toBe(`${text}3`)
})

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

async function ask(
  headers: Record<string, string>,
  write: (response: ServerResponse) => void,
  path = '/',
  method = 'GET',
): Promise<Answer> {
  server?.close()
  server = createServer((incoming, response) => {
    sendWhole(incoming, response)
    write(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const asked = request({ port, host: '127.0.0.1', method, path, headers, agent: false }).end()
  const [answer] = await once(asked, 'response')
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece)
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }
}
