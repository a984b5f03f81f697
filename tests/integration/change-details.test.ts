import { expect, test } from 'vitest'
import { changeDetails } from '@/lib/accounts/change-details'
import { exportAccount } from '@/lib/accounts/export-account'
import { changeDetailsSchema } from '@/lib/accounts/input'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { purge } from '@/lib/worker/retention'
import {
  correctDetails,
  idOf,
  redeem,
  resetTokenOf,
  sessionOf,
  signedIn,
  undoBy,
  withEmail,
  withPassword,
} from '@/tests/support/accounts/changes'
import { readExport } from '@/tests/support/accounts/exports'
import { pass } from '@/tests/support/accounts/limits'
import {
  accountOf,
  askForLinkAs,
  askForResetAs,
  joinAs,
  mailboxOf,
  mailedToken,
  mailedTokens,
  newCaller,
} from '@/tests/support/accounts/people'
import { newPassword, type Person } from '@/tests/support/person'
import { inOrder } from '@/tests/support/postgres/held-credentials'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const married = { firstName: 'Maëlle', lastName: 'Von der Aue', country: 'CH', organizationType: 'self_employed' }

test('whoever corrects their details gets back in by the new ones alone, and stays signed in', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  expect(await correctDetails(person, married)).toEqual({ ok: true })
  expect(await accountOf(person)).toMatchObject(married)
  expect(await findSession(session)).toMatchObject(married)
  await askForResetAs(person)
  expect(await mailedTokens(person, 'reset-password')).toEqual([])
  await askForResetAs(person, married)
  expect(await redeem(await mailedToken(person, 'reset-password'), { ...person, ...married })).toEqual({ ok: true })
})

test('the notice says of which kind the changes are and from what device, never how it was or is', async () => {
  const person = await joinAs()
  const kinds = { name: 'Le prénom ou le nom a changé.', country: 'Le pays a changé.', type: 'La qualité a changé.' }
  for (const [changed, told] of [
    [{ lastName: married.lastName }, [kinds.name]],
    [{ country: 'CH' }, [kinds.name, kinds.country]],
    [{ ...married, lastName: person.lastName, country: 'CH' }, [kinds.name, kinds.type]],
  ] as const) {
    expect(await correctDetails(person, changed)).toEqual({ ok: true })
    const [{ subject, text } = { subject: '', text: '' }] = await mailboxOf(person)
    expect(subject).toBe('Vos informations Metamots ont été modifiées')
    for (const kind of Object.values(kinds)) expect(text.includes(kind), kind).toBe(told.includes(kind))
    expect(text).toContain('Firefox sur Linux')
    expect(text).not.toMatch(/Maëlle|Von der Aue|Éloïse|D’Arc|Suisse|Belgique|Association|Indépendant/)
  }
})

test('details that are the present ones already change nothing and bring no mail', async () => {
  const person = await joinAs()
  const early = await resetTokenOf(person)
  const mails = (await mailboxOf(person)).length
  expect(await correctDetails(person, {})).toEqual({ ok: false, code: 'unchanged' })
  expect(await mailboxOf(person)).toHaveLength(mails)
  expect(await peekLink('reset-password', early)).toBe('live')
})

test('a correction ends the reset links that are live, and none comes that was asked for by the former details', async () => {
  const person = await joinAs()
  const early = await resetTokenOf(person)
  await pass(await idOf(person), 60)
  await askForLinkAs(person)
  const result = await changeDetails(await signedIn(person), input(person, married), newCaller(), 'fr')
  expect(result).toEqual({ ok: true })
  await deliverDueMail()
  expect(await peekLink('reset-password', early)).toBe('replaced')
  expect(await redeem(early, { ...person, ...married })).toMatchObject({ code: 'link_unusable' })
  expect(await mailedTokens(person, 'reset-password')).toEqual([early])
})

test('a reset link that would be made just after the details changed is not made', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  await askForLinkAs(person)
  const change = () => changeDetails(account, input(person, married), newCaller(), 'fr')
  const [changed] = await inOrder(person.email, change, deliverDueMail)
  expect(changed).toEqual({ ok: true })
  await deliverDueMail()
  expect(await mailedTokens(person, 'reset-password')).toEqual([])
})

test('a wrong password corrects nothing, and counts among all that are given in a session', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  const guess = () =>
    changeDetails(account, input({ ...person, password: 'Wr0ng one, surely' }, married), newCaller(), 'fr')
  for (let guesses = 0; guesses < 9; guesses += 1) expect(await guess()).toMatchObject({ code: 'wrong_password' })
  expect(await guess()).toMatchObject({ code: 'session_ended' })
  expect(await accountOf(person)).toMatchObject({ lastName: person.lastName })
})

test('“this was not me” brings the former details back, ends the sessions and the password, and leads back in by them', async () => {
  const owner = await joinAs()
  const session = await sessionOf(owner)
  await correctDetails(owner, married)
  expect(await undoBy(await mailedToken(owner, 'not-me'))).toEqual({ ok: true, value: 'restored' })
  const { firstName, lastName, country, organizationType } = owner
  expect(await accountOf(owner)).toMatchObject({ firstName, lastName, country, organizationType })
  expect(await findSession(session)).toBeNull()
  expect(await redeem(await mailedToken(owner, 'reset-password'), owner)).toEqual({ ok: true })
})

test('whatever a thief changes after the details, the link of that notice brings them back, and so does each before it', async () => {
  const owner = await joinAs()
  const thief = await withPassword(owner, 'An0ther’s choice')
  const first = await mailedToken(owner, 'not-me')
  await correctDetails(thief, married)
  const second = await mailedToken(owner, 'not-me')
  await correctDetails(thief, { ...married, lastName: 'Nobody' })
  await withEmail(thief)
  expect(await undoBy(second, owner.password)).toEqual({ ok: true, value: 'restored' })
  expect(await accountOf(owner)).toMatchObject({ firstName: owner.firstName, lastName: owner.lastName })
  const again = await withPassword(await resetOf(owner), 'Yet an0ther choice')
  await correctDetails(again, { ...married, lastName: 'Nobody' })
  expect(await undoBy(first)).toEqual({ ok: true, value: 'restored' })
  expect(await accountOf(owner)).toMatchObject({ firstName: owner.firstName, lastName: owner.lastName })
})

test('each link brings back what held when it was made: a correction by the owner outlives that of a thief', async () => {
  const owner = await joinAs()
  await correctDetails(owner, married)
  const present = { ...owner, ...married }
  const own = await mailedToken(owner, 'not-me')
  await correctDetails(present, { lastName: 'Nobody' })
  const thiefs = await mailedToken(owner, 'not-me')
  expect(thiefs).not.toBe(own)
  expect(await undoBy(thiefs)).toEqual({ ok: true, value: 'restored' })
  expect(await accountOf(owner)).toMatchObject(married)
  expect(await redeem(await mailedToken(owner, 'reset-password'), present)).toEqual({ ok: true })
})

test('a notice of something else does not undo a correction that was made before it', async () => {
  const owner = await joinAs()
  await correctDetails(owner, married)
  await withPassword(owner, newPassword)
  expect(await undoBy(await mailedToken(owner, 'not-me'))).toEqual({ ok: true, value: 'restored' })
  expect(await accountOf(owner)).toMatchObject(married)
})

test('former details are kept and exported as long as a link can bring them back, and no longer', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  await correctDetails(person, married)
  await purge()
  const { password: _, email: _email, ...former } = person
  const data = JSON.parse(await readExport(await exportAccount(id, newCaller())))
  expect(data.formerDetails).toMatchObject([former])
  expect(data.account).toMatchObject(married)
  await undoBy(await mailedToken(person, 'not-me'))
  await purge()
  expect(await (await db()).formerDetails.count({ where: { accountId: id } })).toBe(0)

  const other = await joinAs()
  await correctDetails(other, married)
  const client = await db()
  const where = { accountId: await idOf(other) }
  await client.token.updateMany({ where, data: { expiresAt: new Date(Date.now() - 25 * 3_600_000) } })
  await purge()
  expect(await client.formerDetails.count({ where })).toBe(0)
})

test('an account corrects its details five times an hour', async () => {
  const person = await joinAs()
  for (let times = 0; times < 5; times += 1)
    expect(await correctDetails(person, { lastName: `Name ${'x'.repeat(times)}` })).toEqual({ ok: true })
  expect(await correctDetails(person, { lastName: 'Other' })).toMatchObject({ ok: false, code: 'too_many_requests' })
  await pass(await idOf(person), 3_601)
  expect(await correctDetails(person, { lastName: 'Other' })).toEqual({ ok: true })
})

test('of ten corrections to the same at once one is made, told and recorded', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  await (await db()).rateLimit.deleteMany()
  const results = await Promise.all(
    Array.from({ length: 5 }, () => changeDetails(account, input(person, married), newCaller(), 'fr')),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  const client = await db()
  expect(await client.event.count({ where: { accountId: account.id, via: 'change_details' } })).toBe(1)
  expect(await client.formerDetails.count({ where: { accountId: account.id } })).toBe(1)
})

/** Makes a new password by the link that was mailed last. */
async function resetOf(owner: Person): Promise<Person> {
  await redeem(await mailedToken(owner, 'reset-password'), owner)
  await deliverDueMail()
  return { ...owner, password: newPassword }
}

function input(person: Person, changed: Partial<Person>) {
  return changeDetailsSchema.parse({ ...person, ...changed, currentPassword: person.password })
}
