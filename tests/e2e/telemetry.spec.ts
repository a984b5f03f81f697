import { randomBytes, randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { findLeaks } from '@/tests/support/checks/leaks'
import { secrets } from '@/tests/support/checks/witness'
import { submitTo } from '@/tests/support/http/forms'
import { identityOf, joinRaw, logInRaw, redeemResetRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweep, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { signedEvent } from '@/tests/support/resend/signed-event'
import { startCollector } from '@/tests/support/telemetry/collector'

const network = '198.51.100.77'
const userAgent = 'Mozilla/5.0 (X11; Linux) Telltale/1.0'

test('a reset is told to a collector step by step, and nothing of whose it is', async ({ another }) => {
  const collector = await startCollector()
  const webhookSecret = randomBytes(24)
  const service = await another({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRIC_EXPORT_INTERVAL: '300',
    OTEL_BSP_SCHEDULE_DELAY: '300',
    RESEND_WEBHOOK_SECRET: `whsec_${webhookSecret.toString('base64')}`,
  })
  const person = await joinRaw(service)
  const client = { 'x-test-address': network, 'user-agent': userAgent, 'x-request-id': randomUUID() }
  await submitTo(service, '/fr/forgot-password?email=hidden@metamots.example', identityOf(person), client)
  await submitTo(service, '/fr/forgot-password', identityOf(newPerson()), client)
  const mail = await sweptMailTo(service, person.email, 2)
  await fetch(`${service.url}/api/webhooks/resend`, signedEvent(webhookSecret, mail.id, 'email.delivered'))
  const answer = await redeemResetRaw(service, linkIn(mail, 'reset-password'), person, newPassword)
  expect(answer.headers.get('location')).toBe('/fr/reset-password/done')
  await logInRaw(service, { ...person, password: newPassword })
  await fetch(`${service.url}/fr/verify-email/${randomBytes(32).toString('base64url')}/${person.email}`)
  await sweep(service)

  const steps = ['requested', 'matched', 'mailed', 'delivered', 'opened', 'changed']
  const funnel = () => steps.map((step) => collector.total(`metamots.reset.${step}`))
  await expect.poll(funnel, { timeout: 20_000 }).toEqual([2, 1, 1, 1, 1, 1])
  const measured = ['hash.wait', 'hash.waiting', 'database.wait', 'database.connections', 'sign_up.created']
  for (const name of measured) expect(collector.total(`metamots.${name}`), name).toBeGreaterThan(0)
  for (const name of ['metamots.outbox.size', 'metamots.outbox.oldest_age']) expect(collector.text()).toContain(name)
  const names = () => collector.spans().map(({ name }) => name)
  const expected = ['POST /[locale]/forgot-password', 'GET /[locale]/reset-password/[token]', 'deliver mail', 'hash']
  await expect.poll(names, { timeout: 20_000 }).toEqual(expect.arrayContaining(expected))

  const told = { name: 'what the collector got', text: collector.text() }
  const hidden = [network, userAgent, 'Telltale', 'hidden@metamots.example', ...secrets.keys()]
  expect(hidden.length).toBeGreaterThan(10)
  expect(await findLeaks(service, secrets, [told])).toEqual([])
  for (const text of hidden) expect(told.text).not.toContain(text)
  await service.app.stop('SIGTERM')
  await collector.close()
})

test('a collector that is away is logged once, and nobody notices', async ({ another }) => {
  const collector = await startCollector()
  await collector.close()
  const settings = { OTEL_METRIC_EXPORT_INTERVAL: '200', OTEL_BSP_SCHEDULE_DELAY: '200' }
  const service = await another({ ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  const person = await joinRaw(service)
  await logInRaw(service, person)
  const failures = () => service.app.log().match(/"event":"telemetry_not_sent","signal":"metrics"/g)?.length
  await expect.poll(failures, { timeout: 30_000 }).toBe(1)
})
