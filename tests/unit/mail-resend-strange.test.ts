import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { sendByResend } from '@/lib/mail/resend'

const page = '<html><body>Bad gateway</body></html>'

test.for<[string, number, string, object]>([
  ['a success without an id', 200, '{}', unavailable('bad_answer')],
  ['a success whose id is none', 200, '{"id":7}', unavailable('bad_answer')],
  ['a success whose id no database keeps', 200, '{"id":"a\\u0000b"}', unavailable('bad_answer')],
  ['a success whose id no index holds', 200, `{"id":"${'x'.repeat(9_000)}"}`, unavailable('bad_answer')],
  ['a success whose id would write to a terminal', 200, '{"id":"\\u001b[2Jx"}', unavailable('bad_answer')],
  ['a success that is a web page', 200, page, unavailable('network')],
  ['a fault of a proxy', 502, page, unavailable('http_502')],
  ['a refusal by a proxy', 403, page, { outcome: 'retry', reason: 'http_403', fault: 'refused' }],
  ['a failure that says nothing', 500, 'null', unavailable('bad_answer')],
  ['a failure that is no record', 403, '"no"', unavailable('bad_answer')],
  ['a failure without a status', 500, '{"message":"no"}', unavailable('bad_answer')],
  [
    'an unreadable wait',
    429,
    '{"statusCode":429,"name":"rate_limit_exceeded"}',
    { outcome: 'retry', reason: 'rate_limit_exceeded', fault: 'busy' },
  ],
])('%s leads to a decision', async ([, status, body, delivery]) => {
  const answers = await startServer()
  expect(await answers.send({ status, body })).toEqual(delivery)
})

const names = [
  'validation_error',
  'invalid_api_key',
  'security_error',
  'invalid_idempotent_request',
  'application_error',
]
const answer = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  body: fc.oneof(
    fc.json(),
    fc.constantFrom('', page, 'null', '[]', '0'),
    fc
      .record({
        statusCode: fc.oneof(fc.integer({ min: 200, max: 599 }), fc.constantFrom(400, 422, null, '422')),
        name: fc.oneof(fc.constantFrom(...names), fc.string()),
        message: fc.constantFrom('Invalid `to` field.', 'Invalid `from` field.', 'API key is invalid', 'Not verified.'),
      })
      .map((error) => JSON.stringify(error)),
  ),
})

test('whatever status and body come back, a mail is kept, unless its recipient is none or it was accepted before', async () => {
  const answers = await startServer()
  await fc.assert(
    fc.asyncProperty(answer, async ({ status, body }) => {
      const { outcome } = await answers.send({ status, body })
      // The body of a 304 or 407 never gets here.
      const isError = status > 299 && status !== 304 && status !== 407
      const error = isError && body.startsWith('{') ? JSON.parse(body) : {}
      const isOwn = [400, 422].includes(error.statusCode) && /`to`/.test(error.message ?? '')
      const isDrift = error.name === 'invalid_idempotent_request'
      if (isDrift || (isOwn && !isBusyName(error.name))) expect(outcome).toBe('refused')
      else expect(outcome).toBe('retry')
    }),
    { numRuns: 300 },
  )
})

function isBusyName(name: unknown): boolean {
  return /_quota_exceeded$|^concurrent_/.test(String(name))
}

/** A server in the place of Resend that answers a mail as it is told. */
async function startServer() {
  let told = { status: 200, body: '' }
  const server = createServer((_, response) =>
    response.writeHead(told.status, { 'retry-after': 'soon' }).end(told.body),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const words = { id: 'a', from: 'a@example.com', to: 'b@example.com', subject: 'c', html: 'd', text: 'e' }
  const mail = { ...words, headers: {}, tags: [] }
  return {
    send(next: typeof told) {
      told = next
      return sendByResend(mail, { apiKey: 're_test_key', baseUrl, key: 'mail-a' })
    },
  }
}

function unavailable(reason: string) {
  return { outcome: 'retry', reason, fault: 'unavailable' }
}
