import { expect, test } from 'vitest'
import { requestIdOf } from '@/lib/http/request-id'

const random = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

test.each([
  ['nginx', '5f0c6a2c1c4d4a0f9b7d1c2e3f4a5b6c'],
  ['Envoy or Heroku', '0b6a1f7e-3c1d-4b7e-9f3a-2d5c8e7f6a1b'],
  ['AWS in upper case', '1-67891233-ABCDEF012345678912345678'],
])('a request keeps the id that %s gave it', (_, given) => {
  expect(requestIdOf(new Headers({ 'x-request-id': given }))).toBe(given)
})

test.each([
  '',
  'short',
  'jean.dupont@example.com',
  '203.0.113.7',
  'f'.repeat(65),
  '-'.repeat(32),
  'q6-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmE',
  'deadbeefdeadbeef, deadbeefdeadbeef',
  'deadbeefdeadbeef"}',
  '7F000001:B2C8_7F000001:1F90_5F0C6A2C_0001:7A3B',
])('of what else a client writes there nothing is kept: %s', (given) => {
  expect(requestIdOf(new Headers({ 'x-request-id': given }))).toMatch(random)
})

test('without one it is that of the trace, and without a trace a new one each time', () => {
  expect(requestIdOf(new Headers({ traceparent: `00-${traceId}-00f067aa0ba902b7-01` }))).toBe(traceId)
  expect(requestIdOf(new Headers({ traceparent: `00-${traceId}` }))).toMatch(random)
  expect(requestIdOf(new Headers({ traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }))).toMatch(random)
  expect(requestIdOf(new Headers())).not.toBe(requestIdOf(new Headers()))
})
