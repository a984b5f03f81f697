import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { Agent, type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { keepGate } from '@/lib/http/gate'
import { laneOf } from '@/lib/http/request-kind'
import { locales } from '@/lib/i18n/locales'
import words from '@/messages/busy.json' with { type: 'json' }

process.env.TRUSTED_IP_HEADER = 'x-test-address'

/** Those that the service is at, to be answered by the test; others come as soon as one is, and is over. */
const served: { request: IncomingMessage; response: ServerResponse; over: () => void }[] = []
/** Whether the service goes on with what nobody waits for any more. */
let worksOn = false
const contexts = new AsyncLocalStorage<string>()
const seen: (string | undefined)[] = []
const server = createServer((request, response) => {
  seen.push(contexts.getStore())
  return new Promise<void>((over) => {
    served.push({ request, response, over })
    if (!worksOn) response.once('close', over)
  })
}).listen(0, '127.0.0.1')
server.on('upgrade', () => undefined)
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const early = connect({ port, host: '127.0.0.1' })
await once(early, 'connect')
keepGate()
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => void served.splice(0))

test('a connection that was there before is guarded as well', async () => {
  early.write('GET * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
  expect(await text(early)).toMatch(/^HTTP\/1\.1 400 /)
})

test('another protocol is not spoken, not even first of all', async () => {
  const upgrading = send('GET', '/fr/login', { connection: 'upgrade', upgrade: 'websocket' }, '')
  await expect.poll(() => served.length).toBe(1)
  await answer(0)
  expect((await upgrading).status).toBe(200)
})

test('eight submissions are worked at, others wait in line, and each gets the answer to its own', async () => {
  const answers = Array.from({ length: 12 }, (_, index) => post(`/fr/login?${index}`))
  await expect.poll(() => served.length).toBe(8)
  await sleep(50)
  expect(served).toHaveLength(8)
  for (let index = 0; index < 12; index += 1) {
    await expect.poll(() => served.length).toBeGreaterThan(index)
    await answer(index)
  }
  expect(await Promise.all(answers)).toEqual(
    Array.from({ length: 12 }, (_, index) => expect.objectContaining({ status: 200, body: `/fr/login?${index} x=1` })),
  )
})

test('whoever finds no room is told so in the language of the page, and when to come back, and nothing is read of what was sent', async () => {
  const waiting = Array.from({ length: 400 }, (_, index) =>
    post('/fr/login', { 'x-test-address': `10.0.${index >> 8}.${index & 255}` }),
  )
  await expect.poll(() => served.length).toBe(8)
  await sleep(100)
  for (const locale of locales) {
    const { status, headers, body } = await post(`/${locale}/login`)
    const seconds = Number(headers['retry-after'])
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      503,
      'text/html; charset=utf-8',
      'no-store',
    ])
    expect(seconds).toBeGreaterThanOrEqual(5)
    expect(seconds).toBeLessThanOrEqual(10)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(body).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
    expect(body).toContain(words[locale].sent.replace('{seconds}', new Intl.NumberFormat(locale).format(seconds)))
  }
  expect(served).toHaveLength(8)
  await sleep(2_500)
  for (let index = 0; index < served.length; index += 1) await answer(index)
  const all = await Promise.all(waiting)
  expect(all.filter(({ status }) => status === 200)).toHaveLength(served.length)
  expect(all.filter(({ status }) => status === 503)).toHaveLength(400 - served.length)
}, 30_000)

test('a body that comes slowly holds no place', async () => {
  const slow = Array.from({ length: 20 }, () => {
    const sent = begin({ 'content-length': 3 })
    sent.write('x')
    return sent
  })
  await sleep(50)
  expect(served).toHaveLength(0)
  const prompt = post('/fr/login')
  await expect.poll(() => served.length).toBe(1)
  await answer(0)
  expect((await prompt).status).toBe(200)
  slow[0]?.end('=1')
  await expect.poll(() => served.length).toBe(2)
  for (const each of slow) each.destroy()
})

test('a body that is longer than any form, or never ends, is refused and holds no place', async () => {
  const endless = Array.from({ length: 12 }, () => {
    const sent = begin()
    sent.write('x'.repeat(16 * 1024))
    return sent
  })
  const declared = begin({ 'content-length': 99_999 })
  declared.write('x')
  const [early] = (await once(declared, 'response')) as [IncomingMessage]
  expect([early.resume().statusCode, early.headers.connection]).toEqual([413, 'close'])
  await sleep(50)
  expect(served).toHaveLength(0)
  const honest = post('/fr/login')
  await expect.poll(() => served.length).toBe(1)
  await answer(0)
  expect((await honest).status).toBe(200)
  const [first, ...others] = endless
  first?.write('x')
  const [late] = (await once(first as ClientRequest, 'response')) as [IncomingMessage]
  expect(late.resume().statusCode).toBe(413)
  expect(served).toHaveLength(1)
  for (const each of [declared, ...others]) each.destroy()
})

test('a form that comes in more pieces than any is refused, and so is who expects something of us', async () => {
  const sent = begin()
  const answered = once(sent, 'response')
  for (let piece = 0; piece < 300; piece += 1) sent.write('x')
  const [refused] = (await answered) as [IncomingMessage]
  expect(refused.resume().statusCode).toBe(413)
  sent.destroy()
  const expecting = request({ port, host: '127.0.0.1', path: '/fr/login', headers: { expect: 'x' } })
  expecting.end()
  await expect(once(expecting, 'response')).rejects.toThrow('socket hang up')
  expect(served).toHaveLength(0)
})

test('a page that is asked for by a body is refused, and nothing of it is kept', async () => {
  for (const headers of [{ 'content-length': 3 }, { 'transfer-encoding': 'chunked' }]) {
    const sent = begin(headers, 'GET')
    sent.write('x=1')
    const [refused] = (await once(sent, 'response')) as [IncomingMessage]
    expect([refused.resume().statusCode, refused.headers.connection]).toEqual([400, 'close'])
    sent.destroy()
  }
  const empty = begin({ 'content-length': 0 }, 'GET')
  empty.end()
  await expect.poll(() => served.length).toBe(1)
  await answer(0)
  const [got] = (await once(empty, 'response')) as [IncomingMessage]
  expect(got.resume().statusCode).toBe(200)
})

test('a body in too many pieces is refused in its turn, though it was sent ahead of an answer and is whole by then', async () => {
  for (const target of ['GET /fr/login', 'POST /fr/login', 'POST /api/webhooks/resend']) {
    served.splice(0)
    const ahead = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    const pieces = '1\r\nx\r\n'.repeat(300)
    ahead.write('GET /fr/login HTTP/1.1\r\nhost: a\r\n\r\n')
    ahead.write(`${target} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`)
    await expect.poll(() => served.length).toBe(1)
    await sleep(50)
    const answers = text(ahead)
    served[0]?.response.end()
    expect(await answers).toContain('HTTP/1.1 413 ')
    expect(served).toHaveLength(1)
  }
})

test('a form that was sent in pieces ahead of an answer, as long as one can be, is served', async () => {
  const ahead = connect({ port, host: '127.0.0.1' })
  ahead.write('POST /fr/login HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nx=1')
  ahead.write(
    `POST /fr/login?2 HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n4000\r\n${'x'.repeat(0x4000)}\r\n`,
  )
  await expect.poll(() => served.length).toBe(1)
  ahead.write('0\r\n\r\n')
  await sleep(50)
  served[0]?.response.end()
  await expect.poll(() => served.length).toBe(2)
  await answer(1)
  ahead.destroy()
})

test('whoever does not take an answer keeps nobody else from theirs', async () => {
  const takers = Array.from({ length: 8 }, () => {
    const taker = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    taker.pause().write('POST /fr/login HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nx=1')
    return taker
  })
  await expect.poll(() => served.length).toBe(8)
  for (const { response } of served.slice(0, 8)) response.end(Buffer.alloc(20_000_000))
  const next = post('/fr/login?next')
  await expect.poll(() => served.length).toBe(9)
  await answer(8)
  expect((await next).status).toBe(200)
  for (const taker of takers) taker.destroy()
})

test('a form that waits for a page which it asks for itself waits behind nobody', async () => {
  const readers = Array.from({ length: 20 }, (_, index) => get(`/fr/help?${index}`))
  await expect.poll(() => served.length).toBe(4)
  const form = post('/fr/login')
  await expect.poll(() => served.length).toBe(5)
  const within = String(served[4]?.request.headers['x-within'])
  const page = send('GET', '/fr/account', { 'x-within': within }, '')
  const forged = send('GET', '/fr/account?forged', { 'x-within': 'x' }, '')
  await expect.poll(() => served.length).toBe(6)
  expect(served[5]?.request.headers).not.toHaveProperty('x-within')
  await answer(5)
  await page
  await answer(4)
  await form
  const late = send('GET', '/fr/account?late', { 'x-within': within }, '')
  await sleep(50)
  expect(served).toHaveLength(6)
  for (let index = 0; index < 4; index += 1) await answer(index)
  for (let index = 6; index < 6 + 16 + 2; index += 1) {
    await expect.poll(() => served.length).toBeGreaterThan(index)
    await answer(index)
  }
  await Promise.all([...readers, forged, late])
})

test('a form of the most bytes that one can have is served, in one piece and in many', async () => {
  for (const pieces of [1, 64]) {
    served.splice(0)
    const sent = begin()
    for (let piece = 0; piece < pieces; piece += 1) sent.write('x'.repeat((16 * 1024) / pieces))
    sent.end()
    await expect.poll(() => served.length).toBe(1)
    await answer(0)
    const [got] = (await once(sent, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of got.setEncoding('utf8')) text += chunk
    expect(text).toBe(`/fr/login ${'x'.repeat(16 * 1024)}`)
  }
})

test('whoever leaves does not end what was begun, so it keeps its place until it is over', async () => {
  worksOn = true
  const gone = Array.from({ length: 8 }, () => {
    const sent = begin()
    sent.end('x=1')
    return sent
  })
  await expect.poll(() => served.length).toBe(8)
  for (const each of gone) each.destroy()
  const next = post('/fr/login?next')
  await sleep(100)
  expect(served).toHaveLength(8)
  worksOn = false
  for (const { over } of served.slice(0, 8)) over()
  await expect.poll(() => served.length).toBe(9)
  await answer(8)
  expect((await next).status).toBe(200)
})

test('who sent and left before it was heard is not served', async () => {
  for (let round = 0; round < 20; round += 1) {
    const gone = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    await once(gone, 'connect')
    gone.write('POST /fr/login HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nx=1', () => gone.resetAndDestroy())
    await once(gone, 'close')
  }
  await sleep(100)
  expect(served).toHaveLength(0)
})

test('a target that is no address is told so', async () => {
  for (const [method, path] of [
    ['OPTIONS', '*'],
    ['GET', '*'],
  ] as const) {
    const sent = request({ port, host: '127.0.0.1', method, path }).end()
    const [got] = (await once(sent, 'response')) as [IncomingMessage]
    expect(got.resume().statusCode).toBe(400)
  }
})

test('requests that are sent ahead of an answer wait for it, and whose sender leaves hold no place', async () => {
  const ahead = connect({ port, host: '127.0.0.1' })
  const one = 'POST /fr/login HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nx=1'
  ahead.write(one.repeat(8))
  await expect.poll(() => served.length).toBe(1)
  await sleep(50)
  expect(served).toHaveLength(1)
  seen.splice(0)
  contexts.run('another request', () => served[0]?.response.end())
  await expect.poll(() => served.length).toBe(2)
  expect(seen).toEqual([undefined])
  ahead.destroy()
  await sleep(50)
  const all = Array.from({ length: 8 }, () => post('/fr/login'))
  await expect.poll(() => served.length).toBe(2 + 8)
  for (let index = 2; index < 10; index += 1) await answer(index)
  await Promise.all(all)
})

test('a connection that sends far ahead of its answers is cut off', async () => {
  const ahead = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
  ahead.write('GET /fr/login HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(2_000))
  await new Promise((closed) => ahead.once('close', closed))
  expect(served.length).toBeLessThan(2)
  const next = get('/fr/signup')
  await expect.poll(() => served.at(-1)?.request.url).toBe('/fr/signup')
  await answer(served.length - 1)
  expect((await next).status).toBe(200)
})

test('a form that was sent ahead of an answer is no longer than any other', async () => {
  const ahead = connect({ port, host: '127.0.0.1' })
  const form = (length: number) =>
    `POST /fr/login HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n${'x'.repeat(length)}`
  const chunked = `POST /fr/login HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5000\r\n${'x'.repeat(0x5000)}\r\n0\r\n\r\n`
  ahead.write(form(3) + chunked)
  await expect.poll(() => served.length).toBe(1)
  const answers = text(ahead)
  served[0]?.response.end()
  expect(await answers).toContain('HTTP/1.1 413 ')
  expect(served).toHaveLength(1)
})

test('what the framework asks itself is answered though all places are held', async () => {
  const held = Array.from({ length: 8 }, () => post('/fr/login'))
  await expect.poll(() => served.length).toBe(8)
  const { status, headers, body } = await post('/fr/signup', { 'x-action-forwarded': '1' })
  expect([status, headers['x-nextjs-action-not-found'], body]).toEqual([409, '1', ''])
  for (let index = 0; index < 8; index += 1) await answer(index)
  await Promise.all(held)
})

test('whoever hangs up gives up the place in line', async () => {
  const first = Array.from({ length: 8 }, () => post('/fr/login').catch(() => null))
  await expect.poll(() => served.length).toBe(8)
  const gone = begin({}, 'POST', '/fr/login?gone')
  gone.end('x=1')
  await sleep(50)
  gone.destroy()
  await sleep(50)
  const last = post('/fr/login?last')
  await sleep(50)
  await answer(0)
  await expect.poll(() => served.length).toBe(9)
  expect(served[8]?.request.url).toBe('/fr/login?last')
  for (let index = 1; index < 9; index += 1) await answer(index)
  await Promise.all([...first, last])
})

test('pages have places of their own, and machines and files of the build pass', async () => {
  const submissions = Array.from({ length: 12 }, () => post('/fr/login'))
  await expect.poll(() => served.length).toBe(8)
  const others = ['/fr/login', '/fr/signup', '/', '/fr', '/icon.svg', '/api/health/live', '/_next/static/x.js'].map(
    (path) => get(path),
  )
  await expect
    .poll(() => served.map(({ request }) => request.url).slice(8))
    .toEqual(expect.arrayContaining(['/api/health/live', '/_next/static/x.js']))
  await sleep(50)
  expect(served).toHaveLength(8 + 4 + 2)
  for (let index = 0; index < 12 + 7; index += 1) {
    await expect.poll(() => served.length).toBeGreaterThan(index)
    await answer(index)
  }
  expect((await Promise.all([...submissions, ...others])).every(({ status }) => status === 200)).toBe(true)
})

test('the lane of a request is told by its method and path', () => {
  expect(laneOf({ method: 'POST', url: '/api/webhooks/resend' })).toBeNull()
  expect(laneOf({ method: 'POST', url: '/icon.svg' })).toBe('submissions')
  expect(laneOf({ method: 'DELETE', url: '/fr/login' })).toBe('submissions')
  expect(laneOf({ method: 'HEAD', url: '/fr/login?x=/api/' })).toBe('pages')
  for (const url of [
    '/api/../fr/login',
    '/api/%2e%2e/fr/login',
    '/_next/static/../../fr/login',
    '/_next/static/%2E%2E/nothing',
    '/api/nothing',
    '/_next/image',
    '//api/health/live',
    'http://other.example/api/health/live',
    '/[',
  ])
    expect(laneOf({ method: 'GET', url }), url).toBe('pages')
  expect(laneOf({ method: 'GET', url: '/api/health/live?x' })).toBeNull()
  for (const url of ['/oidc/token', '/oidc/userinfo', '/api/session?then=sign-in'])
    expect(laneOf({ method: 'POST', url }), url).toBe('applications')
  expect(laneOf({ method: 'GET', url: '/oidc/auth?client_id=shop' })).toBe('pages')
})

test.each(['PUT', 'POST'])('a %s without content is served, and hears that it has ended', async (method) => {
  for (const headers of [{ 'content-length': 0 }, { 'transfer-encoding': 'chunked' }]) {
    served.splice(0)
    const sent = begin(headers, method)
    sent.end()
    await expect.poll(() => served.length).toBe(1)
    await sleep(10)
    const { request: asked, response } = served[0] ?? {}
    const over = asked && once(asked, 'end')
    asked?.resume()
    await over
    response?.end()
    const [got] = (await once(sent, 'response')) as [IncomingMessage]
    expect(got.resume().statusCode).toBe(200)
  }
})

test('a connection serves its next request, though nobody read the one before', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (const length of [3, 15_000]) {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/fr/login' })
    sent.end('x'.repeat(length))
    await expect.poll(() => served.length).toBe(1)
    served.pop()?.response.end('unread')
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.resume()
    await once(answer, 'end')
  }
  agent.destroy()
})

test('none has the context of the one whose place it took', async () => {
  seen.splice(0)
  const all = Array.from({ length: 9 }, () => post('/fr/login'))
  await expect.poll(() => served.length).toBe(8)
  contexts.run('another request', () => served[0]?.response.end())
  await expect.poll(() => served.length).toBe(9)
  expect(seen).toEqual(Array.from({ length: 9 }))
  for (let index = 1; index < 9; index += 1) await answer(index)
  await Promise.all(all)
})

type Answered = { status: number; headers: IncomingMessage['headers']; body: string }

/** Answers one that the service is at, with its path and what was sent. */
async function answer(index: number): Promise<void> {
  const { request, response } = served[index] ?? {}
  let body = ''
  for await (const chunk of request ?? []) body += chunk
  response?.end(`${request?.url} ${body}`)
}

/** A form that begins to be sent, and may be given up. */
function begin(headers: Record<string, string | number> = {}, method = 'POST', path = '/fr/login'): ClientRequest {
  return request({ port, host: '127.0.0.1', method, path, headers }).on('error', () => undefined)
}

function post(path: string, headers: Record<string, string> = {}): Promise<Answered> {
  return send('POST', path, headers, 'x=1')
}

function get(path: string): Promise<Answered> {
  return send('GET', path, {}, '')
}

async function send(method: string, path: string, headers: Record<string, string>, body: string): Promise<Answered> {
  const sent = request({ port, host: '127.0.0.1', method, path, headers })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += chunk
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text }
}
