import { readdir } from 'node:fs/promises'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { newAddress, readForm, submission } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { credentialsOf } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'

const methods = ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'MKCOL', 'PURGE', 'SEARCH']

test('no route knows another method than those it is made for', async ({ service }) => {
  test.setTimeout(180_000)
  const routes = await readRoutes()
  expect(routes.length).toBeGreaterThan(35)
  for (const route of routes) {
    const get = await send(service, 'GET', route)
    const head = await send(service, 'HEAD', route)
    expect.soft([head.status, await head.text()], `HEAD ${route}`).toEqual([get.status, ''])
    for (const method of methods) {
      const answer = await send(service, method, route)
      expect.soft(answer.status, `${method} ${route}`).toBe(405)
      expect.soft(await answer.text(), `${method} ${route}`).not.toMatch(/at \S+ \(|node_modules/)
    }
    const post = await send(service, 'POST', route, ['Content-Length', '0', 'Origin', service.origin])
    expect.soft(post.status, `POST ${route}`).toBeGreaterThanOrEqual(400)
    expect.soft(post.status, `POST ${route}`).toBeLessThan(500)
  }
})

test('what is traced is not echoed', async ({ service }) => {
  for (const route of ['/fr/login', '/fr/account', '/api/health/live']) {
    const answer = await send(service, 'TRACE', route, ['Cookie', 'session=echo', 'X-Echo', 'echo'])
    // The framework refuses it before any code of ours, and in this way.
    expect.soft([answer.status, await answer.text()], route).toEqual([500, 'Internal Server Error'])
    expect.soft(JSON.stringify([...answer.headers]), route).not.toContain('echo')
  }
})

test('what is too long is refused, and the service lives on', async ({ service }) => {
  const long = 'a'.repeat(12_000)
  const requests: [string, string, string[]][] = [
    ['a path', `/fr/${long}`, []],
    ['a link', `/fr/reset-password/${long}`, []],
    ['a query', `/fr/login?next=${long}`, []],
    ['a query of many parts', `/fr/login?${'a=1&'.repeat(3_000)}`, []],
    ['a path of many parts', `/fr${'/a'.repeat(6_000)}`, []],
    ['a path beyond all bounds', `/fr/${'a'.repeat(40_000)}`, []],
    ['a header', '/fr/login', ['X-Long', long]],
    ['a header beyond all bounds', '/fr/login', ['X-Long', 'a'.repeat(40_000)]],
    ['a cookie', '/fr/account', ['Cookie', `session=${long}`]],
    ['many cookies', '/fr/account', ['Cookie', Array.from({ length: 900 }, (_, n) => `c${n}=1`).join('; ')]],
    ['many headers', '/fr/login', Array.from({ length: 900 }, (_, n) => [`X-${n}`, '1']).flat()],
    ['many languages', '/', ['Accept-Language', 'fr;q=0.1,'.repeat(1_300)]],
    ['a device', '/fr/login', ['User-Agent', long]],
    ['an address', '/fr/login', ['X-Test-Address', long]],
  ]
  for (const [what, target, headers] of requests) {
    const answer = await send(service, 'GET', target, headers)
    expect.soft(answer.status, what).toBeLessThan(500)
    expect.soft(answer.headers.get('location') ?? '/', what).toMatch(/^\/(?![/\\])/)
  }
  expect((await send(service, 'GET', '/api/health/ready')).status).toBe(200)
})

test('a submission whose length is wrong or said twice is refused', async ({ service }) => {
  const form = ['Content-Type', 'multipart/form-data; boundary=x', 'Origin', service.origin]
  for (const [what, headers, status] of [
    ['less than nothing', ['Content-Length', '-1'], 400],
    ['two lengths', ['Content-Length', '5', 'Content-Length', '6'], 400],
    ['a length and pieces', ['Content-Length', '5', 'Transfer-Encoding', 'chunked'], 400],
  ] as const) {
    const answer = await send(service, 'POST', '/fr/login', [...form, ...headers]).catch(() => null)
    if (answer) expect.soft(answer.status, what).toBe(status)
  }
  expect((await send(service, 'GET', '/api/health/ready')).status).toBe(200)
})

test('a submission that comes in pieces, as some proxies send it on, is taken up to the most that one may have', async ({
  service,
}) => {
  const form = await readForm(service.url, '/fr/login')
  const data = new FormData()
  for (const [name, value] of submission(form, credentialsOf(newPerson()), false).fields ?? []) data.append(name, value)
  const whole = new Request(service.url, { method: 'POST', body: data })
  const type = whole.headers.get('content-type') ?? ''
  const body = Buffer.from(await whole.arrayBuffer())
  const headers = ['Host', new URL(service.url).host, 'Origin', service.origin, 'Content-Type', type]
  const post = { port: service.app.port, method: 'POST', target: '/fr/login' }
  const inPieces = [...headers, 'X-Test-Address', newAddress(), 'Transfer-Encoding', 'chunked', 'Connection', 'close']
  const taken = await rawRequest({ ...post, headers: inPieces, body })
  expect([taken.status, (await taken.text()).includes('role="alert"')]).toEqual([200, true])
  expect((await rawRequest({ ...post, headers: inPieces, body: Buffer.alloc(1_000_000, body) })).status).toBe(413)
})

function send({ app, url }: Service, method: string, target: string, headers: string[] = []): Promise<Response> {
  return rawRequest({ port: app.port, method, target, headers: ['Host', new URL(url).host, ...headers] })
}

/** Every address of the application, in French, with something in the place of what varies. */
async function readRoutes(): Promise<string[]> {
  const files = (await readdir('app', { recursive: true })).filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file))
  return files.map((file) => {
    const path = `/${file}`.replace(/\/(page|route)\.tsx?$/, '').replace(/\/\(\w+\)/g, '')
    return path.replace('[locale]', 'fr').replace('[token]', 'a'.repeat(43)).replace('[id]', 'x')
  })
}
