import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { isBreached } from '@/lib/accounts/passwords/breached'
import { ConfigurationError, readEnv } from '@/lib/env'

const password = 'Mot-de-passe du 7 juin'
const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
const rest = digest.slice(5)
const others = ['0018A45C4D1DEF81644B54AB7F969B88D65:10', `${'F'.repeat(35)}:2`]

test('a password that the service has seen is breached', async () => {
  const { ask } = await start((response) => response.end([...others, `${rest}:42`].join('\r\n')))
  expect(await ask()).toBe(true)
})

test('a password that the service has not seen is not', async () => {
  const { ask } = await start((response) => response.end(others.join('\r\n')))
  expect(await ask()).toBe(false)
})

test('a padding row, seen no time, does not count', async () => {
  const { ask } = await start((response) => response.end([`${rest}:0`, ...others].join('\r\n')))
  expect(await ask()).toBe(false)
})

test('only the first five digits of the SHA-1 leave, and padding is asked for', async () => {
  const { ask, requests } = await start((response) => response.end())
  await ask()
  expect(requests.map(({ method, url }) => [method, url])).toEqual([['GET', `/range/${digest.slice(0, 5)}`]])
  expect(requests[0]?.headers['add-padding']).toBe('true')
  const sent = JSON.stringify(requests[0]?.rawHeaders).toUpperCase()
  for (const secret of [rest, digest, password.toUpperCase()]) expect(sent).not.toContain(secret)
})

test('composed and decomposed characters are the same password to the service', async () => {
  const { isBreachedHere, requests } = await start((response) => response.end())
  await isBreachedHere('Été à la plage 7'.normalize('NFC'))
  await isBreachedHere('Été à la plage 7'.normalize('NFD'))
  expect(requests[0]?.url).toBe(requests[1]?.url)
})

test.for<[string, (response: ServerResponse) => void]>([
  ['never answers', () => {}],
  ['stops in the middle of an answer', (response) => response.write(`${rest}:4`)],
  ['answers drop by drop', (response) => drip(response)],
])('a service that %s is given a second, and the password passes', async ([, respond]) => {
  const { ask } = await start(respond)
  const began = performance.now()
  expect(await ask()).toBe(false)
  expect(performance.now() - began).toBeGreaterThan(900)
  expect(performance.now() - began).toBeLessThan(2_500)
})

test.for<[string, (response: ServerResponse) => void]>([
  ['fails', (response) => response.writeHead(500).end(`${rest}:42`)],
  ['refuses', (response) => response.writeHead(429).end(`${rest}:42`)],
  ['sends elsewhere', sendElsewhere],
  ['hangs up', (response) => response.destroy()],
  ['answers a page', (response) => response.end(`<html>${rest}</html>`)],
  [
    'answers something that counts nothing',
    (response) => response.end(`${rest}\n${rest}:\n${rest}:many\n:::\n${rest}:-1`),
  ],
])('a service that %s lets the password pass', async ([, respond]) => {
  const { ask } = await start(respond)
  expect(await ask()).toBe(false)
})

test('whatever the service answers, nothing but a verdict comes of it', async () => {
  let answer: Uint8Array = new Uint8Array()
  const { ask } = await start((response) => response.end(answer))
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      answer = bytes
      expect(await ask()).toBe(false)
    }),
    { numRuns: 50 },
  )
})

test('a service that is down lets the password pass', async () => {
  const { ask, requests, stop } = await start((response) => response.end(`${rest}:42`))
  stop()
  expect(await ask()).toBe(false)
  expect(requests).toHaveLength(0)
})

test('without a service every password passes', async () => {
  expect(await isBreached(password, null)).toBe(false)
})

test('the service is off unless its address is given', () => {
  expect(configured({}).breachedPasswordsUrl).toBeNull()
  expect(configured({ BREACHED_PASSWORDS_URL: ' ' }).breachedPasswordsUrl).toBeNull()
})

test.for(['https://api.pwnedpasswords.com/range', 'https://ranges.example.org:8443', 'http://127.0.0.1:8080/range'])(
  'the service may be at %s, with or without a trailing slash',
  (address) => {
    expect(configured({ BREACHED_PASSWORDS_URL: address }).breachedPasswordsUrl).toBe(address)
    expect(configured({ BREACHED_PASSWORDS_URL: `${address}/` }).breachedPasswordsUrl).toBe(address)
  },
)

test.for([
  'http://api.pwnedpasswords.com/range',
  'http://127.0.0.1.example.org/range',
  'https://user:secret@example.org/range',
  'https://example.org/range?key=1',
  'ftp://localhost/range',
  'yes',
])('the service cannot be at %s', (address) => {
  expect(() => configured({ BREACHED_PASSWORDS_URL: address })).toThrow(ConfigurationError)
  expect(() => configured({ BREACHED_PASSWORDS_URL: address })).toThrow('BREACHED_PASSWORDS_URL is not usable')
})

/** A range service on this machine that answers every request with `respond`, until the test is over. */
async function start(respond: (response: ServerResponse) => unknown) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    respond(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(stop)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range`
  const isBreachedHere = (candidate: string) => isBreached(candidate, url)
  return { requests, stop, isBreachedHere, ask: () => isBreachedHere(password) }
}

function sendElsewhere(response: ServerResponse): void {
  if (response.req.url === '/elsewhere') response.end(`${rest}:42`)
  else response.writeHead(302, { location: '/elsewhere' }).end()
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('0'), 50)
  response.on('close', () => clearInterval(timer))
}

function configured(source: Record<string, string>) {
  return readEnv({ APP_SECRET: 'an obvious secret, only for this test', ...source })
}
