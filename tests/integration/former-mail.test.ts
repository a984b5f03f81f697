import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { db, transaction } from '@/lib/db/client'
import { composeMail } from '@/lib/mail/compose'
import type { Letter } from '@/lib/mail/letter'
import { newToken } from '@/lib/worker/decision'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { getMail } from '@/tests/support/accounts/outbox'
import { accountOf, claimOf } from '@/tests/support/accounts/people'
import { joinThrough, sentToken } from '@/tests/support/accounts/sent-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('postgres')

const asked = { at: '2026-11-20T08:00:00.000Z', device: { browser: 'Firefox', system: null } }
const ways = { signInLink: 'http://localhost:3000/fr/login', resetLink: 'http://localhost:3000/fr/forgot-password' }
const closesAt = '2026-11-27T08:00:00.000Z'

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test.each([
  'reset_password',
  'account_secured',
  'verify_address',
  'new_email',
  'password_changed',
  'address_changed',
] as const)('a mail with a link that a former release decided, %s, goes out as it was decided', async (template) => {
  const person = await joinThrough(resend)
  const [page, purpose] = linksOf[template]
  const account = await accountOf(person)
  const token = await transaction((tx) => newToken(tx, purpose, { accountId: account.id }, account.email))
  const id = await writeRow(person, template, { timeZone: 'Europe/Paris', asked, token })

  expect(await deliverDueMail()).toBe(1)
  const link = `http://localhost:3000/fr/${page}/${sentToken(resend, page)}`
  expect(await peekLink(page, sentToken(resend, page))).toBe('live')
  await expectSent({ ...envelopeOf(id, person), template, link, validUntil: token.validUntil })
})

test('mails without a link that a former release decided go out as they were decided', async () => {
  const person = await joinThrough(resend)
  const frozen = { timeZone: 'Europe/Paris', asked, token: null }

  const exists = await writeRow(person, 'account_exists', frozen)
  await deliverDueMail()
  await expectSent({ ...envelopeOf(exists, person), template: 'account_exists', ...ways })

  const mismatch = await writeRow(person, 'request_mismatch', frozen)
  await deliverDueMail()
  await expectSent({ ...envelopeOf(mismatch, person), template: 'request_mismatch', ...ways })

  const closing = await writeRow(person, 'account_closing', { ...frozen, closesAt })
  await deliverDueMail()
  await expectSent({ ...envelopeOf(closing, person), template: 'account_closing', closesAt, ...ways })
})

test('an intent that a former release wrote is decided like one of today', async () => {
  const person = await joinThrough(resend)
  const data = { claim: claimOf(person), device: asked.device }
  await (await db()).mail.create({ data: { id: randomUUID(), kind: 'password_reset', locale: 'fr', data } })
  await deliverDueMail()
  expect(await peekLink('reset-password', sentToken(resend, 'reset-password'))).toBe('live')
})

test.each([
  ['an intent without its claim', { kind: 'password_reset', data: { device: asked.device } }],
  ['an intent of a kind that nobody knows', { kind: 'greeting', data: { device: asked.device } }],
  ['a decided mail without its token', { template: 'reset_password', data: { timeZone: 'UTC', asked, token: null } }],
  ['a decided mail of an unknown template', { template: 'greeting', data: { timeZone: 'UTC', asked } }],
])('%s is said in the log and kept with all that it holds, to be tried again', async (_, row) => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const sentTo = 'template' in row ? newPerson().email : null
  const client = await db()
  await client.mail.create({ data: { id: randomUUID(), kind: 'password_reset', locale: 'fr', sentTo, ...row } })

  expect(await deliverDueMail()).toBe(1)
  expect(log.mock.calls.flat().join()).toContain('"event":"mail_malformed"')
  expect(await getMail()).toMatchObject({ state: 'waiting', ...row, sentTo })
  expect(await client.mail.count({ where: { nextAttemptAt: { gt: new Date(Date.now() + 60_000) } } })).toBe(1)
})

const linksOf = {
  reset_password: ['reset-password', 'password_reset'],
  account_secured: ['reset-password', 'password_reset'],
  verify_address: ['verify-email', 'verification'],
  new_email: ['new-email', 'address_change'],
  password_changed: ['not-me', 'not_me'],
  address_changed: ['not-me', 'not_me'],
} as const

/** As the release before wrote it: `token` is null where there is none, and data of every template looks alike. */
async function writeRow({ email: sentTo }: Person, template: string, data: object): Promise<string> {
  const id = randomUUID()
  await (await db()).mail.create({ data: { id, kind: 'password_reset', locale: 'fr', template, sentTo, data } })
  return id
}

function envelopeOf(id: string, { email: to }: Person) {
  return { id, to, locale: 'fr', timeZone: 'Europe/Paris', asked } as const
}

async function expectSent(letter: Letter): Promise<void> {
  const { id: _, ...composed } = await composeMail(letter)
  expect(resend.mails.at(-1)).toMatchObject({ ...composed, to: [letter.to] })
}
