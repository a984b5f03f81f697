import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Fault, Message } from '@/lib/mail/letter'
import { sendByResend } from '@/lib/mail/resend'
import { type Behaviour, behaviours } from '@/tests/support/resend/behaviour'
import { type FakeResend, startFakeResend } from '@/tests/support/resend/fake-resend'

const mail: Message = {
  id: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
  from: 'Metamots <no-reply@metamots.example>',
  to: 'camille@example.com',
  subject: 'Bonjour',
  html: '<p>Bonjour</p>',
  text: 'Bonjour',
  headers: { 'X-Entity-Ref-ID': '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11' },
  tags: [{ name: 'mail', value: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11' }],
}

test('an accepted mail is sent under its key, as it is and with nothing that tracks', async () => {
  const { resend, send } = await start()
  const delivery = await send()
  expect(delivery).toEqual({ outcome: 'sent', providerId: resend.mails[0]?.id })
  expect(resend.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer re_test_key',
    'idempotency-key': `mail-${mail.id}`,
  })
  const { id: _, ...content } = mail
  expect(JSON.parse(resend.requests[0]?.body ?? '')).toEqual(content)
})

/** What Resend documents, and what else it was seen to answer: by name, then by status. */
test.for<[string, Behaviour, object]>([
  ['a recipient that is none', behaviours.invalid, { outcome: 'refused', reason: 'invalid' }],
  ['the same mail under way', failure(409, 'concurrent_idempotent_requests'), fault(null, 'concurrent')],
  ['a daily quota', behaviours.dailyQuotaExceeded, fault('quota', 'daily_quota_exceeded', 3600)],
  ['a monthly quota', failure(429, 'monthly_quota_exceeded', 7200), fault('quota', 'monthly_quota_exceeded', 7200)],
  ['a rate limit', behaviours.rateLimited(7), fault('busy', 'rate_limit_exceeded', 7)],
  ['a rate limit without a time', failure(429, 'rate_limit_exceeded'), fault('busy', 'rate_limit_exceeded')],
  ['a fault of the server', behaviours.serverError, fault('unavailable', 'internal_server_error')],
  ['another fault of the server', failure(500, 'application_error'), fault('unavailable', 'http_500')],
  ['a request timeout', failure(408, 'application_error'), fault('unavailable', 'http_408')],
  ['a conflict without a name', failure(409, 'application_error'), fault('unavailable', 'http_409')],
  ['being away for a while', failure(503, 'application_error', 9), fault('unavailable', 'http_503', 9)],
  [
    'being away for a day, as a page of a proxy says',
    failure(503, 'application_error', 86_400),
    fault('unavailable', 'http_503', 3600),
  ],
  ['a key that is none', failure(400, 'validation_error'), fault('refused', 'validation_error')],
  [
    'an idempotency key that is none',
    failure(400, 'invalid_idempotency_key'),
    fault('refused', 'invalid_idempotency_key'),
  ],
  ['a missing key', failure(401, 'missing_api_key'), fault('refused', 'missing_api_key')],
  ['a restricted key', failure(401, 'restricted_api_key'), fault('refused', 'restricted_api_key')],
  ['a dead key', failure(401, 'validation_error'), fault('refused', 'validation_error')],
  ['a dead key, as it was told before', failure(403, 'invalid_api_key'), fault('refused', 'invalid_api_key')],
  ['a bill that was not paid', failure(402, 'payment_required'), fault('refused', 'payment_required')],
  ['a sender that is not verified', failure(403, 'validation_error'), fault('refused', 'validation_error')],
  ['an endpoint that is none', failure(404, 'not_found'), fault('refused', 'not_found')],
  ['a method that is none', failure(405, 'method_not_allowed'), fault('refused', 'method_not_allowed')],
  ['a proxy that wants a password', failure(407, 'application_error'), fault('unavailable', 'network')],
  ['something that is gone', failure(410, 'application_error'), fault('refused', 'http_410')],
  ['another server', failure(421, 'application_error'), fault('refused', 'http_421')],
  ['a sender that is none', failure(422, 'invalid_from_address'), fault('refused', 'invalid_from_address')],
  ['a sender that is none, told otherwise', invalid('from'), fault('refused', 'validation_error')],
  ['a header that is none', invalid('headers'), fault('refused', 'validation_error')],
  ['a missing field', failure(422, 'missing_required_field'), fault('refused', 'missing_required_field')],
  ['a parameter that is none', failure(422, 'invalid_parameter'), fault('refused', 'invalid_parameter')],
  ['a region that is none', failure(422, 'invalid_region'), fault('refused', 'invalid_region')],
  ['an access that is none', failure(422, 'invalid_access'), fault('refused', 'invalid_access')],
  ['an attachment that is none', failure(422, 'invalid_attachment'), fault('refused', 'invalid_attachment')],
  ['a doubt of the account', failure(451, 'security_error'), fault('refused', 'security_error')],
  ['a name that is no name', failure(403, 'camille@example.com'), fault('refused', 'http_403')],
  ['a status that is none', failure(403.5, 'no name'), fault('refused', 'http_other')],
])('%s is told apart', async ([, behaviour, delivery]) => {
  const { resend, send } = await start()
  resend.behave(behaviour)
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
  expect(await send()).toEqual(fault('unavailable', 'network'))
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
    expect(await send()).toEqual(fault('unavailable', 'timeout'))
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
  expect(await send()).toEqual(fault('unavailable', 'network'))
})

async function start(settings: { timeoutMs?: number } = {}) {
  const resend: FakeResend = await startFakeResend()
  onTestFinished(() => resend.close())
  const send = (sent = mail) =>
    sendByResend(sent, { apiKey: 're_test_key', baseUrl: resend.url, key: `mail-${sent.id}`, ...settings })
  return { resend, send }
}

function failure(
  status: number,
  name: string,
  retryAfter?: number,
  message = 'No mail for camille@example.com.',
): Behaviour {
  const wait = retryAfter === undefined ? {} : { retryAfter }
  return { kind: 'fail', failure: { status, name, message, ...wait } }
}

function invalid(field: string): Behaviour {
  return failure(422, 'validation_error', undefined, `Invalid \`${field}\` field. Send it to somebody else.`)
}

function fault(kind: Fault | null, reason: string, afterSeconds?: number) {
  return { outcome: 'retry', reason, fault: kind, ...(afterSeconds !== undefined && { afterSeconds }) }
}
