import { Resend } from 'resend'
import { expect, onTestFinished, test, vi } from 'vitest'
import { behaviours } from '@/tests/support/resend/behaviour'
import { startFakeResend } from '@/tests/support/resend/fake-resend'

const mail = { from: 'Metamots <no-reply@example.org>', to: 'ada@example.org', subject: 'Hello', text: 'Hi' }

test('the same key and mail is accepted once and answered with one id', async () => {
  const { fake, send } = await start()

  const [first, second] = [await send(), await send()]

  expect(first.data?.id).toBe(second.data?.id)
  expect(fake.requests).toHaveLength(2)
  expect(fake.mails).toEqual([
    { ...mail, id: first.data?.id, key: 'key-1', to: ['ada@example.org'], html: '', headers: {} },
  ])
})

test('the same key with another mail is refused', async () => {
  const { fake, send } = await start()
  await send()

  const { error } = await send({ subject: 'Other' })

  expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' })
  expect(fake.mails).toHaveLength(1)
})

test('the same key is refused while the first request is in flight', async () => {
  const { fake, send } = await start()
  fake.behave([behaviours.delay(100)])
  const first = send()
  await vi.waitFor(() => expect(fake.requests).toHaveLength(1))

  const second = await send()

  expect(second.error).toMatchObject({ statusCode: 409, name: 'concurrent_idempotent_requests' })
  expect((await first).error).toBeNull()
  expect(fake.mails).toHaveLength(1)
})

test('a retry after a connection reset behind an accepted mail makes no second mail', async () => {
  const { fake, send } = await start()
  fake.behave([behaviours.acceptThenDestroy])

  const [first, second] = [await send(), await send()]

  expect(first.error).toMatchObject({ statusCode: null, name: 'application_error' })
  expect(second.error).toBeNull()
  expect(fake.mails).toHaveLength(1)
  expect(fake.requests.map(({ status }) => status)).toEqual([null, 200])
})

test('a sender that gives up on a hanging request can send again', async () => {
  const { fake, send } = await start()
  fake.behave([behaviours.hang])

  const first = await send({}, AbortSignal.timeout(100))
  await vi.waitFor(async () => expect((await send()).error).toBeNull())

  expect(first.error).toMatchObject({ statusCode: null })
  expect(fake.mails).toHaveLength(1)
})

test('a sender that gives up on a trickled answer was sent for nevertheless', async () => {
  const { fake, send } = await start()
  fake.behave([behaviours.trickle(30)])

  const first = await send({}, AbortSignal.timeout(100))

  expect(first.error).toMatchObject({ statusCode: null })
  expect(fake.mails).toHaveLength(1)
})

test('failures come in the order of the script and then all is well', async () => {
  const { fake, send } = await start()
  fake.behave([behaviours.serverError, behaviours.rateLimited(7), behaviours.dailyQuotaExceeded, behaviours.invalid])

  const answers = [await send(), await send(), await send(), await send(), await send()]

  expect(answers.map(({ error }) => error?.name ?? 'sent')).toEqual([
    'internal_server_error',
    'rate_limit_exceeded',
    'daily_quota_exceeded',
    'validation_error',
    'sent',
  ])
  expect(fake.requests.map(({ status }) => status)).toEqual([500, 429, 429, 422, 200])
  expect(answers[1]?.headers?.['retry-after']).toBe('7')
})

test('a request without a bearer key is refused', async () => {
  const { fake } = await start()

  const answer = await fetch(`${fake.url}/emails`, { method: 'POST', body: JSON.stringify(mail) })

  expect(answer.status).toBe(401)
  expect(fake.mails).toEqual([])
})

test('a reset forgets mails, keys and script, and cuts what hangs', async () => {
  const { fake, send } = await start()
  await send()
  fake.behave(behaviours.hang)
  const hanging = send({ subject: 'Other' }, undefined, 'key-2')
  await vi.waitFor(() => expect(fake.requests).toHaveLength(2))

  fake.reset()

  expect((await hanging).error).toMatchObject({ statusCode: null })
  expect((await send({ subject: 'Other' })).error).toBeNull()
  expect(fake.mails.map(({ subject }) => subject)).toEqual(['Other'])
})

async function start() {
  const fake = await startFakeResend()
  onTestFinished(() => fake.close())
  const resend = new Resend('re_test', { baseUrl: fake.url })
  const send = (change: { subject?: string } = {}, signal?: AbortSignal, idempotencyKey = 'key-1') =>
    resend.emails.send({ ...mail, ...change }, { idempotencyKey, ...(signal ? { signal } : {}) })
  return { fake, send }
}
