import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import fc from 'fast-check'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import type { Submission } from '@/tests/support/http/decoders'
import { readForm } from '@/tests/support/http/forms'
import { sendBytes, withAction, written } from '@/tests/support/http/raw-bytes'
import { rawRequest } from '@/tests/support/http/raw-request'
import { strangeBodies } from '@/tests/support/http/strange-bodies'
import { boundaries } from '@/tests/support/http/strange-encodings'
import { someAction } from '@/tests/support/http/strange-parts'

test('no strange body is answered as a fault of ours, or leaves a stack in the log', async ({ service }) => {
  test.setTimeout(180_000)
  const { actionId } = await readForm(service.url, '/fr/login')
  const before = service.app.log().length
  const statuses = new Set<number>()
  for (const [index, strange] of fc.sample(strangeBodies, { numRuns: 300, seed: 13 }).entries()) {
    // Every tenth asks for an action that no page has.
    const sent = index % 10 === 0 ? strange : withAction(strange, actionId)
    const answer = await sendBytes(service, '/fr/login', sent)
    statuses.add(answer.status)
    expect.soft(answer.status, shown(sent)).toBeLessThan(500)
    expect.soft(await answer.text(), shown(sent)).not.toMatch(/at \S+ \(|node_modules/)
  }
  expect([...statuses].sort()).toEqual([200, 400, 409, 415])
  await expectNoStack(service, before)
})

test('what any browser sends is taken, with scripts and without them', async ({ service }) => {
  const form = await readForm(service.url, '/fr/login')
  for (const boundary of boundaries)
    for (const scripted of [true, false]) {
      const answer = await sendBytes(service, '/fr/login', written(form, scripted, boundary))
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain(scripted ? '"formCode":"' : 'role="alert"')
    }
})

test('what is posted where no form is of ours is refused, and leaves no stack in the log', async ({ service }) => {
  test.setTimeout(180_000)
  const form = await readForm(service.url, '/fr/login')
  const page = await (await fetch(`${service.url}/fr/login`)).text()
  const script = /\/_next\/static\/[^"]*\.js/.exec(page)?.[0] ?? ''
  const before = service.app.log().length
  const places = [
    ...[
      '/api/anything',
      '/api/cron/mail',
      '/api/webhooks/resend',
      '/api/webhooks/resend.rsc',
      '/dev/mailbox',
      '/dev/anything',
      '/',
      '/login',
    ],
    ...['/icon.svg', '/help/fr/forgot-dark.webp', '/help/fr/none-dark.webp', script, '/_next/image', '/favicon.ico'],
    ...['/fr/nowhere', '/fr/help', '/fr/account', '/fr/account/export', '/.well-known/change-password'],
  ]
  for (const place of places)
    for (const whole of [true, false].map((scripted) => written(form, scripted, boundaries[0] ?? ''))) {
      const others = [withAction(whole, someAction), { ...whole, type: 'text/plain' }, { ...whole, action: '' }]
      for (const sent of [whole, ...others]) {
        const { status } = await sendBytes(service, place, sent)
        expect.soft(status, `${place} ${shown(sent)}`).toBeGreaterThanOrEqual(400)
        expect.soft(status, `${place} ${shown(sent)}`).toBeLessThan(500)
      }
    }
  await expectNoStack(service, before)
})

test('the webhook takes no more than it may, however it comes', async ({ another }) => {
  const { app, url } = await another({ RESEND_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}` })
  const headers = ['Host', new URL(url).host, 'Transfer-Encoding', 'chunked', 'Connection', 'close']
  const post = { port: app.port, method: 'POST', target: '/api/webhooks/resend', headers }
  expect((await rawRequest({ ...post, body: Buffer.alloc(1_000_000, 'x') })).status).toBe(413)
  expect((await rawRequest({ ...post, body: Buffer.alloc(1_000, 'x') })).status).toBe(400)
})

function shown({ body, type, action }: Submission): string {
  return JSON.stringify([type, action, body.toString()])
}

/** Once it has answered again, it has written what it had to write. */
async function expectNoStack({ url, app }: Service, before: number): Promise<void> {
  await fetch(`${url}/api/health/ready`)
  expect(app.log().slice(before)).not.toMatch(/^\s+at |uncaught/m)
}
