import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { cookiesOf, followRaw, submitTo } from '@/tests/support/http/forms'
import { identityOf, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo, sweep, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'

const random = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('every answer says which request it is to, also a refusal, and what a client made up is not repeated', async ({
  service,
}) => {
  const given = randomUUID()
  for (const path of ['/', '/fr/login', '/fr/nowhere', '/api/health/live', '/fr/reset-password/short']) {
    const ask = (id: string) => fetch(service.url + path, { headers: { 'x-request-id': id }, redirect: 'manual' })
    expect.soft((await ask(given)).headers.get('x-request-id'), path).toBe(given)
    expect.soft((await ask('jean.dupont')).headers.get('x-request-id'), path).toMatch(random)
  }
  const refused = await fetch(`${service.url}/fr/login`, { method: 'DELETE', headers: { 'x-request-id': given } })
  expect([refused.status, refused.headers.get('x-request-id')]).toEqual([405, given])
})

test('the log of a request, of the mail that it asked for and of its link leads from one to the other', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const asking = randomUUID()
  const answer = await submitTo(service, '/fr/forgot-password', identityOf(person), { 'x-request-id': asking })
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([303, asking])
  const mail = await sweptMailTo(service, person.email, 2)
  const id = mail.headers['X-Entity-Ref-ID'] ?? ''
  await expect
    .poll(() => eventsOf(service.app.log(), asking))
    .toEqual(['mail_enqueued', 'authn_token_created', 'mail_decided', 'mail_sent'])
  expect(linesOf(service.app.log(), asking).filter((line) => line.mail === id)).toHaveLength(3)

  const link = linkIn(mail, 'reset-password')
  const followed = (await followRaw(service, link)).headers.get('x-request-id') ?? ''
  // A line may arrive a moment after the answer.
  await expect.poll(() => eventsOf(service.app.log(), followed)).toEqual(['link_followed'])
})

const shownReference = /<main.*<code>([\da-f]{8})<\/code>/s

for (const [page, whom] of [
  ['forgot-password', 'somebody with an account'],
  ['forgot-password', 'a stranger'],
  ['signup', 'a stranger'],
  ['signup/resend', 'a stranger'],
] as const)
  test(`the page after ${page} shows ${whom} the reference that the log and a mail have`, async ({ service }) => {
    const person = whom === 'a stranger' ? newPerson() : await joinRaw(service)
    const fields =
      page === 'signup' ? person : page === 'forgot-password' ? identityOf(person) : { email: person.email }
    const asking = randomUUID()
    const answer = await submitTo(service, `/fr/${page}`, { ...fields }, { 'x-request-id': asking })
    const sent = await fetch(`${service.url}/fr/${page}/sent`, { headers: { cookie: cookiesOf(answer) } })
    const shown = shownReference.exec(await sent.text())?.[1] ?? 'none'
    await expect
      .poll(() => linesOf(service.app.log(), asking))
      .toContainEqual(expect.objectContaining({ event: 'mail_enqueued', mail: expect.stringMatching(`^${shown}-`) }))
    await sweep(service)
    if (whom === 'somebody with an account')
      expect((await mailTo(service.resend, person.email, 2)).text).toContain(shown)
    expect(await (await fetch(`${service.url}/fr/${page}/sent`)).text()).not.toMatch(shownReference)
  })

test('a failure is logged with the request that it happened in', async ({ service }) => {
  const asking = randomUUID()
  const wrong = { ...identityOf(newPerson()), country: 'Nowhere' }
  await submitTo(service, '/fr/forgot-password', wrong, { 'x-request-id': asking })
  const foreign = await submitTo(service, '/fr/forgot-password', wrong, {
    'x-request-id': asking,
    origin: 'https://evil.example',
  })
  expect(foreign.status).toBe(403)
  // They come by two streams.
  const events = () => eventsOf(service.app.log(), asking).toSorted()
  await expect.poll(events).toEqual(['input_validation_fail', 'malicious_csrf'])
})

test('the sweep logs for each mail the request that asked for it, and not its own', async ({ service }) => {
  await sweep(service)
  const lines = service.app.log().trim().split('\n')
  for (const line of lines.filter((line) => line.includes('"event":"mail_')))
    expect(JSON.parse(line), line).toMatchObject({ request: expect.stringMatching(/^[\da-f-]{16,}$/) })
})

function linesOf(log: string, request: string): Record<string, unknown>[] {
  return log
    .trim()
    .split('\n')
    .filter((line) => line.includes(`"request":"${request}"`))
    .map((line) => JSON.parse(line))
}

function eventsOf(log: string, request: string): unknown[] {
  return linesOf(log, request).map(({ event }) => event)
}
