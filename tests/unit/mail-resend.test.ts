import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { OutgoingMail } from '@/lib/mail/letter'
import { sendByResend } from '@/lib/mail/resend'
import { type FakeResend, startFakeResend } from '@/tests/support/fake-resend'
import { type Behaviour, behaviours } from '@/tests/support/fake-resend-behaviour'

const mail: OutgoingMail = {
  id: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
  from: 'Metamots <no-reply@metamots.example>',
  to: 'camille@example.com',
  subject: 'Bonjour',
  html: '<p>Bonjour</p>',
  text: 'Bonjour',
}

test('an accepted mail is sent, with its key, its headers and nothing that tracks', async () => {
  const { resend, send } = await start()
  const delivery = await send()
  expect(delivery).toEqual({ outcome: 'sent', providerId: resend.mails[0]?.id })
  expect(resend.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer re_test_key',
    'idempotency-key': `mail-${mail.id}`,
  })
  const { id, ...content } = mail
  expect(JSON.parse(resend.requests[0]?.body ?? '')).toEqual({
    ...content,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'X-Entity-Ref-ID': id },
  })
})

test.for<[string, Behaviour, object]>([
  ['a fault of the server', behaviours.serverError, { outcome: 'retry', reason: 'http_500' }],
  ['a request timeout', failure(408, 'application_error'), { outcome: 'retry', reason: 'http_408' }],
  [
    'being unavailable for a while',
    failure(503, 'application_error', 9),
    { outcome: 'retry', reason: 'http_503', afterSeconds: 9 },
  ],
  ['a rate limit', behaviours.rateLimited(7), { outcome: 'retry', reason: 'rate_limited', afterSeconds: 7 }],
  ['a rate limit without a time', failure(429, 'rate_limit_exceeded'), { outcome: 'retry', reason: 'rate_limited' }],
  ['a daily quota', behaviours.dailyQuotaExceeded, { outcome: 'retry', reason: 'quota', afterSeconds: 3600 }],
  [
    'a monthly quota',
    failure(429, 'monthly_quota_exceeded', 7200),
    { outcome: 'retry', reason: 'quota', afterSeconds: 7200 },
  ],
  [
    'the same mail under way',
    failure(409, 'concurrent_idempotent_requests'),
    { outcome: 'retry', reason: 'concurrent' },
  ],
  ['an invalid mail', behaviours.invalid, { outcome: 'refused', reason: 'invalid' }],
  ['an invalid request', failure(400, 'validation_error'), { outcome: 'refused', reason: 'invalid' }],
  ['a missing key', failure(401, 'missing_api_key'), { outcome: 'refused', reason: 'http_401' }],
  ['an unverified sender', failure(403, 'validation_error'), { outcome: 'refused', reason: 'http_403' }],
])('%s is told apart', async ([, behaviour, delivery]) => {
  const { resend, send } = await start()
  resend.behave([behaviour])
  expect(await send()).toEqual(delivery)
  expect(resend.mails).toEqual([])
})

test('after three faults the same mail arrives once, byte for byte the same each time', async () => {
  const { resend, send } = await start()
  resend.behave([behaviours.serverError, behaviours.serverError, behaviours.serverError])
  for (let attempt = 0; attempt < 3; attempt++) expect((await send()).outcome).toBe('retry')
  expect((await send()).outcome).toBe('sent')
  expect(resend.mails).toHaveLength(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(new Set(resend.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
})

test('a mail accepted just before the connection broke is delivered once', async () => {
  const { resend, send } = await start()
  resend.behave([behaviours.acceptThenDestroy])
  expect(await send()).toEqual({ outcome: 'retry', reason: 'network' })
  expect(await send()).toEqual({ outcome: 'sent', providerId: resend.mails[0]?.id })
  expect(resend.mails).toHaveLength(1)
})

test.for([
  ['hangs', behaviours.hang],
  ['answers one byte at a time', behaviours.trickle(100)],
] as const)(
  'a server that %s is left after the time allowed, and the next attempt delivers once',
  async ([, behaviour]) => {
    const { resend, send } = await start({ timeoutMs: 200 })
    resend.behave([behaviour])
    const startedAt = performance.now()
    expect(await send()).toEqual({ outcome: 'retry', reason: 'timeout' })
    expect(performance.now() - startedAt).toBeLessThan(1000)
    await sleep(50)
    expect((await send()).outcome).toBe('sent')
    expect(resend.mails).toHaveLength(1)
  },
)

test('another content under the same id is refused as drift, and the person keeps the first', async () => {
  const { resend, send } = await start()
  await send()
  expect(await send({ ...mail, html: '<p>Bonsoir</p>' })).toEqual({ outcome: 'refused', reason: 'payload_drift' })
  expect(resend.mails.map(({ html }) => html)).toEqual([mail.html])
})

test('no server at all is a matter of the network', async () => {
  const { resend, send } = await start()
  await resend.close()
  expect(await send()).toEqual({ outcome: 'retry', reason: 'network' })
})

async function start(settings: { timeoutMs?: number } = {}) {
  const resend: FakeResend = await startFakeResend()
  onTestFinished(() => resend.close())
  const send = (sent = mail) => sendByResend(sent, { apiKey: 're_test_key', baseUrl: resend.url, ...settings })
  return { resend, send }
}

function failure(status: number, name: string, retryAfter?: number): Behaviour {
  const wait = retryAfter === undefined ? {} : { retryAfter }
  return { kind: 'fail', failure: { status, name, message: 'No mail for camille@example.com.', ...wait } }
}
