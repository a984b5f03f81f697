import { beforeEach, expect, test } from 'vitest'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { listMails, retryAllMail, retryMail, showMail } from '@/lib/mail/look-up'
import { leaseDueMail } from '@/lib/mail/outbox'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { operator } from '@/tests/support/accounts/operators'
import { askForLinkAs, askForResetAs, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { sentToken } from '@/tests/support/accounts/sent-mail'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('embedded')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('a mail is found by its id, the eight characters that it shows, and the provider’s id', async () => {
  const mail = await sentMail()
  for (const reference of [mail.id, mail.id.slice(0, 8), mail.id.slice(0, 8).toUpperCase(), mail.providerId ?? ''])
    expect(await showMail(reference, operator), reference).toMatchObject({
      ok: true,
      value: { id: mail.id, state: 'sent' },
    })
  for (const reference of ['', mail.id.slice(0, 3), 'zzzzzzzz', `${mail.id}0`, '%', mail.providerId?.slice(0, 8) ?? ''])
    expect(await showMail(reference, operator), reference).toEqual({ ok: false, code: 'unknown_mail' })
})

test('a reference that several mails begin with names none', async () => {
  const client = await db()
  for (const end of ['0001', '0002'])
    await client.mail.create({
      data: { id: `abcdef01-0000-4000-8000-00000000${end}`, kind: 'planted', locale: 'fr', state: 'sent' },
    })
  expect(await showMail('abcdef01', operator)).toEqual({ ok: false, code: 'ambiguous' })
  expect(await retryMail('abcdef01', operator)).toEqual({ ok: false, code: 'ambiguous' })
  expect(await showMail('abcdef01-0000-4000-8000-000000000001', operator)).toMatchObject({ ok: true })
})

test('to whom a mail goes is told as long as it waits, when it is asked for, and that is recorded', async () => {
  const [person, mail] = await postponedMail()
  expect(JSON.stringify(await showMail(mail.id, operator))).not.toContain(person.email)
  const client = await db()
  const looks = () =>
    client.event.count({ where: { via: 'reveal_mail', accountId: mail.accountId, operator: 'Robin' } })
  expect(await looks()).toBe(0)
  expect(await showMail(mail.id, operator, { reveal: true })).toMatchObject({ value: { sentTo: person.email } })
  expect(await looks()).toBe(1)
})

test('a list has the newest first, of one state, and nobody’s e-mail', async () => {
  const sent = await sentMail()
  const [person, waiting] = await postponedMail()
  const all = await listMails({ state: null, limit: 2 })
  expect(all.map(({ id }) => id)).toEqual([waiting.id, expect.any(String)])
  const byState = await listMails({ state: 'sent', limit: 100 })
  expect(byState.map(({ id }) => id)).toContain(sent.id)
  expect(byState.every(({ state }) => state === 'sent')).toBe(true)
  expect(JSON.stringify(all)).not.toContain(person.email)
})

test('a mail that waits for its next attempt is tried with the next sweep, and loses none by it', async () => {
  const [, mail] = await postponedMail()
  expect(await deliverDueMail()).toBe(0)
  await (await db()).mail.update({ where: { id: mail.id }, data: { attempts: 7 } })
  expect(await retryMail(mail.id.slice(0, 8), operator)).toEqual({ ok: true, value: mail.id })
  expect(await deliverDueMail()).toBe(1)
  expect(await showMail(mail.id, operator)).toMatchObject({ value: { state: 'sent', attempts: 7 } })
  expect(await (await db()).event.count({ where: { via: 'retry_mail', accountId: mail.accountId } })).toBe(1)
})

test('a retry of one that was tried once says the same again: its link is not renewed', async () => {
  const [, mail] = await postponedMail(behaviours.acceptThenDestroy)
  expect(await retryMail(mail.id, operator)).toMatchObject({ ok: true })
  expect(await deliverDueMail()).toBe(1)
  expect(await showMail(mail.id, operator)).toMatchObject({ value: { state: 'sent' } })
  expect(resend.mails.filter(({ key }) => key === `mail-${mail.id}`)).toHaveLength(1)
})

test('all that waits is tried at once, and it is said how many that are', async () => {
  const mails = [(await postponedMail())[1], (await postponedMail())[1]]
  expect(await retryAllMail(operator)).toBe(2)
  await deliverDueMail()
  for (const { id } of mails) expect(await showMail(id, operator)).toMatchObject({ value: { state: 'sent' } })
  expect(await retryAllMail(operator)).toBe(0)
})

test('a retry after a key was mended asks the provider at once, and not when the next probe is due', async () => {
  const failure = { status: 401, name: 'invalid_api_key', message: 'API key is invalid' }
  await postponedMail({ kind: 'fail', failure })
  const client = await db()
  await client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  expect(await deliverDueMail()).toBe(0)
  await client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 minute'`
  expect(await retryAllMail(operator)).toBe(1)
  expect(await deliverDueMail()).toBe(1)
})

test('what is over or being sent is not tried again, and nothing is recorded', async () => {
  const sent = await sentMail()
  const [, mail] = await postponedMail()
  await retryMail(mail.id, operator)
  const client = await db()
  const before = await client.event.count()
  await leaseDueMail()
  expect(await retryMail(mail.id, operator)).toEqual({ ok: false, code: 'being_sent' })
  expect(await retryMail(sent.id, operator)).toEqual({ ok: false, code: 'finished' })
  expect(await retryMail('00000000', operator)).toEqual({ ok: false, code: 'unknown_mail' })
  expect(await client.event.count()).toBe(before)
})

/** Somebody with an account, whose mails stay. */
async function joinAsMember() {
  const person = await signUpAs()
  await redeemVerification(sentToken(resend, 'verify-email'), person.password, newCaller())
  return person
}

/** A reset mail that the provider took. */
async function sentMail() {
  await askForResetAs(await joinAsMember())
  return newestMail()
}

/** A reset mail that waits for its second attempt. */
async function postponedMail(
  behaviour: (typeof behaviours)['serverError' | 'acceptThenDestroy'] = behaviours.serverError,
) {
  const person = await joinAsMember()
  await askForLinkAs(person)
  resend.behave(behaviour)
  await deliverDueMail()
  resend.behave(behaviours.ok)
  const mail = await newestMail()
  expect(mail).toMatchObject({ state: 'waiting', attempts: 1 })
  // However slow this machine is, it is not due by itself.
  await (await db()).mail.update({ where: { id: mail.id }, data: { nextAttemptAt: new Date(Date.now() + 3_600_000) } })
  return [person, mail] as const
}

async function newestMail() {
  const [mail] = await (await db()).mail.findMany({ orderBy: { createdAt: 'desc' }, take: 1 })
  if (!mail) throw new Error('there is no mail')
  return mail
}
