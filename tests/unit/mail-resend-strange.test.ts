import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sendByResend } from '@/lib/mail/resend'

const page = '<html><body>Bad gateway</body></html>'

test.for<[string, number, string, object]>([
  ['a success without an id', 200, '{}', { outcome: 'retry', reason: 'bad_answer' }],
  ['a success that is a web page', 200, page, { outcome: 'retry', reason: 'network' }],
  ['a fault of a proxy', 502, page, { outcome: 'retry', reason: 'http_502' }],
  ['a refusal by a proxy', 403, page, { outcome: 'refused', reason: 'http_403' }],
  ['a failure that says nothing', 500, 'null', { outcome: 'retry', reason: 'bad_answer' }],
  ['a failure without a status', 500, '{"message":"no"}', { outcome: 'retry', reason: 'bad_answer' }],
  [
    'an unreadable wait',
    429,
    '{"statusCode":429,"name":"rate_limit_exceeded"}',
    { outcome: 'retry', reason: 'rate_limited' },
  ],
])('%s leads to a decision', async ([, status, body, delivery]) => {
  const server = createServer((_, response) => response.writeHead(status, { 'retry-after': 'soon' }).end(body))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mail = { id: 'a', from: 'a@example.com', to: 'b@example.com', subject: 'c', html: 'd', text: 'e' }
  expect(await sendByResend(mail, { apiKey: 're_test_key', baseUrl })).toEqual(delivery)
})
