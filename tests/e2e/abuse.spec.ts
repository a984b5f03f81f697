import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { type Seen, seen } from '@/tests/support/checks/seen'
import { newAddress, type RawForm, readForm, submitRaw } from '@/tests/support/http/forms'
import {
  askForResetRaw,
  credentialsOf,
  identityOf,
  joinRaw,
  logInRaw,
  redeemResetRaw,
  succeeded,
} from '@/tests/support/http/raw-walks'
import { allMailTried, linkIn, mailsTo, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

const wrong = 'Wr0ng one, surely'

test('whatever address a client claims, the one that the platform says is limited', async ({ service }) => {
  const address = newAddress()
  const form = await readForm(service.url, '/fr/forgot-password')
  const taken: boolean[] = []
  for (let request = 0; request < 40; request += 1)
    taken.push(
      await asks(service, form, { ...claimed(request), 'x-test-address': `198.51.100.${request}, ${address}` }),
    )
  expect(taken).toEqual(Array.from({ length: 40 }, (_, request) => request < 30))
})

test('the addresses of one IPv6 network are one, those of the next are others', async ({ service }) => {
  const form = await readForm(service.url, '/fr/forgot-password')
  const network = `2001:db8:${hex()}:${hex()}`
  const taken: boolean[] = []
  for (let request = 0; request < 40; request += 1)
    taken.push(await asks(service, form, { 'x-test-address': `${network}:${hex()}:${hex()}:${hex()}:${hex()}` }))
  expect(taken).toEqual(Array.from({ length: 40 }, (_, request) => request < 30))
  const next = `${network.slice(0, network.lastIndexOf(':'))}:${hex()}1`
  expect(await asks(service, form, { 'x-test-address': `${next}::1` })).toBe(true)
})

test('a hundred requests of an hour bring somebody three mails, and from the fourth on every one is told the same', async ({
  service,
}) => {
  test.setTimeout(180_000)
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/forgot-password')
  const answers: Seen[] = []
  for (let request = 0; request < 100; request += 1) {
    answers.push(await seen(await submitRaw(service, form, identityOf(person))))
    if (request % 20 < 19) continue
    await allMailTried(service)
    await query(service.databaseUrl, `UPDATE "RateLimit" SET "endsAt" = now() WHERE "key" LIKE 'reset\\_mail:60:%'`)
  }
  const told = (some: Seen[]) => [...new Set(some.map((answer) => JSON.stringify(answer)))]
  const [first, rest] = [told(answers.slice(0, 3)), told(answers.slice(3))]
  expect([first.length, rest.length, answers[0]?.status]).toEqual([1, 1, 303])
  expect(rest[0]?.replaceAll('/fr/forgot-password/sent?again=24', '/fr/forgot-password/sent')).toBe(first[0])
  const resets = mailsTo(service.resend, person.email).filter(({ text }) => text.includes('/reset-password/'))
  expect(resets).toHaveLength(3)
})

test('whoever fails fifty times with the address of somebody else keeps nobody out', async ({ service }) => {
  const [person, stranger] = [await joinRaw(service), await joinRaw(service)]
  const cookie = await logInRaw(service, person)
  const form = await readForm(service.url, '/fr/login')
  const attempt = (password: string, headers = {}) =>
    submitRaw(service, form, credentialsOf({ ...person, password }), { headers })
  for (let failure = 0; failure < 50; failure += 1) expect((await attempt(wrong)).status).toBe(200)
  await query(
    service.databaseUrl,
    `UPDATE "RateLimit" SET "blockedUntil" = 'infinity' WHERE "blockedUntil" IS NOT NULL`,
  )

  expect((await attempt(person.password)).status, 'from an unknown browser').toBe(200)
  const known = cookie.split('; ').filter((each) => each.startsWith('device='))
  const answer = await attempt(person.password, { cookie: known.join() })
  expect([answer.status, answer.headers.get('location')], 'from a known browser').toEqual([303, '/fr/account'])
  await logInRaw(service, stranger)

  await askForResetRaw(service, person)
  const link = linkIn(await sweptMailTo(service, person.email, 2), 'reset-password')
  expect(succeeded(await redeemResetRaw(service, link, person, newPassword))).toBe(true)
  await logInRaw(service, { ...person, password: newPassword })
})

/** Whether a request for a reset is taken: it is about somebody else each time. */
async function asks(service: Service, form: RawForm, headers: Record<string, string>): Promise<boolean> {
  return (await submitRaw(service, form, identityOf(newPerson()), { headers })).status === 303
}

/** Every header in which some proxy or other says whom it speaks for. */
function claimed(request: number): Record<string, string> {
  const address = `203.0.113.${request}`
  const names = [
    'x-forwarded-for',
    'x-real-ip',
    'cf-connecting-ip',
    'true-client-ip',
    'x-client-ip',
    'fastly-client-ip',
  ]
  return {
    ...Object.fromEntries(names.map((name) => [name, address])),
    forwarded: `for=${address}`,
    'x-vercel-forwarded-for': address,
  }
}

function hex(): string {
  return (1 + Math.floor(Math.random() * 0xfff)).toString(16)
}
