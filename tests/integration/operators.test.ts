import { expect, test } from 'vitest'
import { changeUsername } from '@/lib/accounts/change-username'
import { keepAccount } from '@/lib/accounts/close-account'
import { exportAccount } from '@/lib/accounts/export-account'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { closeByOperator } from '@/lib/accounts/operators/close'
import { listEvents } from '@/lib/accounts/operators/list-events'
import { revokeSessions } from '@/lib/accounts/operators/revoke-sessions'
import { sendReset } from '@/lib/accounts/operators/send-reset'
import { showAccount } from '@/lib/accounts/operators/show-account'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { eraseAccount } from '@/lib/worker/erasure'
import { idOf, logInAs, redeem, sessionOf, signedIn, withEmail } from '@/tests/support/accounts/changes'
import { secondsLeft } from '@/tests/support/accounts/closing'
import { readExport } from '@/tests/support/accounts/exports'
import { operator } from '@/tests/support/accounts/operators'
import { askForResetAs, joinAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const everything = { account: null, name: null, sinceSeconds: null, limit: 100 }

test('an account is found by its id, its e-mail and its user name, however they are spelt, and by nothing else', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  await changeUsername(id, { name: 'Robin.D', key: 'robin.d' }, newCaller())
  const spellings = [
    person.email,
    person.email.toUpperCase(),
    `\u00a0mailto:${person.email}\u200e`,
    'robin.d',
    ' ROBIN.D\ufeff',
  ]
  for (const identifier of [id, `\u200b${id.toUpperCase()}\t`, ...spellings])
    expect(await showAccount(identifier, operator), identifier).toMatchObject({ ok: true, value: { id } })
  const others = [newPerson().email, 'nobody', '', id.slice(0, 8), '%', person.firstName, 'robin', 'a\0b']
  for (const identifier of others)
    expect(await showAccount(identifier, operator), identifier).toEqual({ ok: false, code: 'unknown_account' })
})

test('a look at an account tells not whose it is, unless that is asked for, and either is recorded', async () => {
  const person = await joinAs()
  await sessionOf(person)
  await askForResetAs(person)
  const id = await idOf(person)
  const looks = [await showAccount(id, operator), await showAccount(id, operator, { reveal: true })]
  const [closed, open] = looks.map((look) => JSON.stringify(look))
  for (const detail of [person.email, person.firstName, person.lastName]) {
    expect(closed).not.toContain(detail)
    expect(open).toContain(detail)
  }
  for (const look of [closed, open]) expect(look).not.toMatch(/hash|argon2/i)
  expect(looks[0]).toMatchObject({
    value: { blockedUntil: null, closesAt: null, sessions: [{ device: { browser: 'Firefox' } }], mails: [{}] },
  })
  expect((await eventsOfOperators(id)).map(({ name, via }) => [name, via])).toEqual([
    ['sensitive_read', 'reveal_account'],
    ['sensitive_read', 'show_account'],
  ])
})

test('an account is signed out everywhere, and signs in again with its password', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  const sessions = [await sessionOf(person), await sessionOf(person)]
  const unharmed = await sessionOf(other)
  expect(await revokeSessions(person.email, operator)).toEqual({ ok: true, value: 2 })
  for (const session of sessions) expect(await findSession(session)).toBeNull()
  expect(await findSession(unharmed)).not.toBeNull()
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await eventsOfOperators(await idOf(person))).toMatchObject([
    { name: 'session_expired', via: 'revoke_sessions', operator: 'Robin', reason: 'SUP-471' },
  ])
})

test('a reset link that an operator has sent is the ordinary one, in the language of the account', async () => {
  const person = await joinAs(newPerson(), 'nl')
  const sent = await sendReset(person.email, operator)
  await deliverDueMail()
  const [mail] = await mailboxOf(person)
  expect(sent).toEqual({ ok: true, value: mail?.id })
  expect(mail?.text).toContain('/nl/reset-password/')
  expect(await redeem(await mailedToken(person, 'reset-password'), person)).toMatchObject({ ok: true })
  expect(await eventsOfOperators(await idOf(person))).toMatchObject([{ name: 'authz_admin', via: 'send_reset' }])
})

test('one more within the minute waits like that of anybody, and none is sent for an account whose e-mail is disputed', async () => {
  const person = await joinAs()
  for (let times = 0; times < 2; times += 1) await sendReset(person.email, operator)
  await deliverDueMail()
  expect((await mailboxOf(person)).filter(({ text }) => text.includes('/reset-password/'))).toHaveLength(1)

  const former = await joinAs()
  const moved = await withEmail(former)
  await redeemNotMe(await mailedToken(former, 'not-me'), newCaller(), 'fr')
  expect(await showAccount(moved.email, operator)).toMatchObject({
    value: { blockedUntil: expect.stringMatching(/Z$/) },
  })
  expect(await sendReset(moved.email, operator)).toEqual({ ok: false, code: 'blocked' })
})

test('an account that an operator closes has its seven days, and its owner is told and can keep it', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const closed = await closeByOperator(person.email, operator)
  expect(closed).toEqual({ ok: true, value: expect.any(Date) })
  expect(await secondsLeft(person)).toBeGreaterThan(6.9 * 86_400)
  expect(await findSession(session)).toBeNull()
  expect(await closeByOperator(person.email, operator)).toEqual({ ok: false, code: 'closing_already' })
  const before = (await mailboxOf(person)).length
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(before + 1)
  const { id } = await signedIn(person)
  await keepAccount(id, newCaller())
  expect(await secondsLeft(person)).toBeNull()
  expect(await eventsOfOperators(id)).toMatchObject([{ name: 'user_updated', via: 'close_account' }])
})

test('an account that an operator erases is gone at once; of what was done stays when, what and by whom', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  const id = await idOf(person)
  await sessionOf(person)
  await sendReset(id, { name: 'Robin', reason: 'SUP-1' })
  await deliverDueMail()
  const client = await db()
  expect(await eraseAccount(id, { name: 'Robin', reason: 'SUP-2' })).toBe(true)
  expect(await eraseAccount(id, operator)).toBe(false)
  const where = { accountId: id }
  const kept = [
    await client.account.count({ where: { id } }),
    await client.credential.count({ where }),
    await client.session.count({ where }),
    await client.token.count({ where }),
    await client.mail.count({ where }),
    await client.event.count({ where }),
  ]
  expect(kept).toEqual([0, 0, 0, 0, 0, 0])
  const left = await client.event.findMany({
    where: { operator: 'Robin', via: { in: ['send_reset', 'erase_account'] } },
  })
  expect(left.map(({ via, accountId, network, reason }) => ({ via, accountId, network, reason }))).toEqual(
    expect.arrayContaining([
      { via: 'erase_account', accountId: null, network: null, reason: 'SUP-2' },
      { via: 'send_reset', accountId: null, network: null, reason: null },
    ]),
  )
  await joinAs(person)
  for (const each of [person, other]) expect(await logInAs(each)).toMatchObject({ ok: true })
})

test('an export tells that an operator looked and what one did, and not who nor why', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  await showAccount(id, operator)
  await revokeSessions(id, operator)
  const text = await readExport(await exportAccount(id, newCaller()))
  const { events } = JSON.parse(text)
  for (const via of ['show_account', 'revoke_sessions']) expect(events).toContainEqual(expect.objectContaining({ via }))
  expect(text).not.toMatch(/Robin|SUP-471|operator/)
})

test('events are listed the newest first, by account, name and age; a look at those of an account is one', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  for (const each of [person, other]) await logInAs(each)
  const id = await idOf(person)
  const ofOne = await listEvents({ ...everything, account: person.email }, operator)
  if (!ofOne.ok) throw new Error(ofOne.code)
  expect(new Set(ofOne.value.map(({ accountId }) => accountId))).toEqual(new Set([id]))
  expect(ofOne.value[0]).toMatchObject({ name: 'sensitive_read', via: 'list_events', operator: 'Robin' })
  const times = ofOne.value.map(({ at }) => at.getTime())
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  const byName = await listEvents({ ...everything, name: 'user_created', limit: 1 }, operator)
  expect(byName).toMatchObject({ value: [{ name: 'user_created' }] })
  await (await db()).$executeRaw`UPDATE "Event" SET "at" = "at" - interval '3 hours'`
  expect(await listEvents({ ...everything, sinceSeconds: 7_200 }, operator)).toEqual({ ok: true, value: [] })
  expect(await listEvents({ ...everything, account: 'nobody' }, operator)).toMatchObject({ code: 'unknown_account' })
})

async function eventsOfOperators(accountId: string) {
  return (await db()).event.findMany({
    where: { accountId, operator: { not: null } },
    orderBy: { at: 'desc' },
    select: { name: true, via: true, operator: true, reason: true },
  })
}
