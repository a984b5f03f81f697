import { expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { logIn } from '@/lib/accounts/log-in'
import { logOutEverywhere } from '@/lib/accounts/log-out'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset, redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { peekVerification, redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { askForReset, claimOf, join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('a person signs up, confirms, signs in, loses the password, resets it by mail and signs in with the new one', async () => {
  const person = await join(newPerson())
  const session = await sessionOf(person)
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  expect(await peekPasswordReset(token)).toBe('live')

  expect(await redeem(token, person, 'Un-n0uveau secret')).toEqual({ ok: true })

  expect(await findSession(session)).toBeNull()
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
  await deliverDueMail()
  expect((await mailsTo(person)).map((mail) => mail.subject)).toHaveLength(3)
  expect(await peekPasswordReset(token)).toBe('used')
})

test('an unconfirmed account cannot sign in, but the right password mails the confirmation again', async () => {
  const person = newPerson()
  await signUpAs(person)
  expect(await logInAs({ ...person, password: 'Wr0ng one, surely' })).toMatchObject({ code: 'invalid_credentials' })
  expect(await logInAs(person)).toMatchObject({ code: 'confirmation_sent_again' })
  await deliverDueMail()
  const mails = await mailsTo(person)
  expect(mails).toHaveLength(2)
  expect(linkIn(mails[0]?.text)).toBe(linkIn(mails[1]?.text))
})

test('a confirmation link serves once and then says that it was used', async () => {
  const person = newPerson()
  await signUpAs(person)
  const token = await mailedToken(person, 'verify-email')
  expect(await peekVerification(token)).toBe('live')
  expect(await redeemVerification(token, newCaller())).toMatchObject({ ok: true })
  expect(await redeemVerification(token, newCaller())).toMatchObject({ code: 'link_unusable' })
  expect(await peekVerification(token)).toBe('used')
})

test('a completed reset proves the address of an unconfirmed account', async () => {
  const person = newPerson()
  await signUpAs(person)
  await askForReset(person)
  await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau secret')
  expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
})

test('signing up with a known address changes nothing and tells its owner', async () => {
  const person = await join(newPerson())
  await signUpAs({
    ...person,
    email: person.email.toUpperCase().replace('EXAMPLE.ORG', 'example.org'),
    password: 'An0ther secret!',
    firstName: 'Mallory',
  })
  expect(await mailsTo(person)).toHaveLength(2)
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await logInAs({ ...person, password: 'An0ther secret!' })).toMatchObject({ ok: false })
})

test('an unconfirmed account goes to whoever signs up last, and the earlier link says that it was replaced', async () => {
  const person = newPerson()
  await signUpAs(person)
  const early = await mailedToken(person, 'verify-email')
  const late = { ...person, password: 'An0ther secret!' }
  await signUpAs(late)
  expect(await peekVerification(early)).toBe('replaced')
  await redeemVerification(await mailedToken(person, 'verify-email'), newCaller())
  expect(await logInAs(person)).toMatchObject({ ok: false })
  expect(await logInAs(late)).toMatchObject({ ok: true })
})

test('only all five fields bring a link; a known address with other details brings a mail that has none', async () => {
  const wrong: Partial<Person>[] = [
    { firstName: 'Jeanne' },
    { lastName: 'Dark' },
    { country: 'FR' },
    { organizationType: 'company' },
  ]
  for (const changes of wrong) {
    const person = await join(newPerson())
    await askForReset(person, changes)
    const mails = await mailsTo(person)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.text).not.toContain('reset-password/')
  }
  const stranger = newPerson()
  await askForReset(stranger)
  expect(await mailsTo(stranger)).toHaveLength(0)
})

test('the details may be spelt as people spell them', async () => {
  const person = await join(newPerson())
  await askForReset(person, { email: ` ${person.email.toUpperCase()} `, firstName: 'eloise', lastName: "d'arc" })
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('asking again while the link lives mails the same link; the second within a minute brings no mail', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  await askForReset(person)
  expect(await mailsTo(person)).toHaveLength(2)
  await passLimits()
  await askForReset(person)
  const [again, first] = await mailsTo(person)
  expect(linkIn(again?.text)).toBe(linkIn(first?.text))
  expect(
    await (await db()).token.count({ where: { purpose: 'password_reset', account: { email: person.email } } }),
  ).toBe(1)
})

test('whoever knows only the address cannot use up the mails of its owner', async () => {
  const person = await join(newPerson())
  for (let round = 0; round < 6; round += 1) await askForReset(person, { firstName: 'Mallory' })
  await askForReset(person)
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('a weak password costs nothing, a mismatch an attempt, and the fifth ends the link', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  for (let round = 0; round < 6; round += 1)
    expect(await redeem(token, person, 'weak')).toMatchObject({ code: 'weak_password' })
  const codes = []
  for (let round = 0; round < 6; round += 1)
    codes.push((await redeem(token, { ...person, firstName: 'Mallory' }, 'Un-n0uveau secret')) as { code: string })
  expect(codes.map(({ code }) => code)).toEqual([
    ...Array(4).fill('identity_mismatch'),
    'link_unusable',
    'link_unusable',
  ])
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
  expect(await peekPasswordReset(token)).toBe('too_many_attempts')
})

test('a link of one person never changes the password of another', async () => {
  const [mallory, victim] = [await join(newPerson()), await join(newPerson())]
  await askForReset(mallory)
  expect(await redeem(await mailedToken(mallory, 'reset-password'), victim, 'Un-n0uveau secret')).toMatchObject({
    code: 'identity_mismatch',
  })
  expect(await logInAs(victim)).toMatchObject({ ok: true })
})

test('links expire by the clock of the database', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const client = await db()
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() - interval '1 second' WHERE "sentTo" = ${person.email}`
  expect(await peekPasswordReset(token)).toBe('expired')
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() + interval '2 seconds' WHERE "sentTo" = ${person.email}`
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ ok: true })
})

test('changing the password asks for the current one, ends the other sessions and live links, and keeps this browser signed in', async () => {
  const person = await join(newPerson())
  const [here, elsewhere] = [await sessionOf(person), await sessionOf(person)]
  await askForReset(person)
  const account = await findSession(here)
  if (!account) throw new Error('not signed in')
  const change = (currentPassword: string) =>
    changePassword(account, { currentPassword, newPassword: 'Un-n0uveau secret' }, newCaller(), 'fr')
  expect(await change('Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  const changed = await change(person.password)
  if (!changed.ok) throw new Error(changed.code)
  expect(await findSession(changed.value)).toMatchObject({ email: person.email })
  expect([await findSession(here), await findSession(elsewhere)]).toEqual([null, null])
  expect(await peekPasswordReset(await mailedToken(person, 'reset-password'))).toBe('password_changed')
})

test('a new sign-in ends the session that the browser presented, and signing out everywhere ends all', async () => {
  const person = await join(newPerson())
  const first = await sessionOf(person)
  const second = await sessionOf(person, first)
  expect(await findSession(first)).toBeNull()
  const account = await findSession(second)
  await logOutEverywhere(account?.id ?? '')
  expect(await findSession(second)).toBeNull()
})

test('sessions end when idle for a day and after thirty days', async () => {
  const person = await join(newPerson())
  const session = await sessionOf(person)
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 day' WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(session)).toBeNull()
  const another = await sessionOf(person)
  await client.$executeRaw`UPDATE "Session" SET "expiresAt" = now() WHERE "accountId" = (SELECT "id" FROM "Account" WHERE "email" = ${person.email})`
  expect(await findSession(another)).toBeNull()
})

test('five failures are free, then even the right password waits; other people do not', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" IS NOT NULL`
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs(other)).toMatchObject({ ok: true })
})

test('a completed reset forgives the failures, so that its owner signs in at once', async () => {
  const person = await join(newPerson())
  for (let round = 0; round < 8; round += 1) await logInAs({ ...person, password: 'Wr0ng one, surely' })
  await askForReset(person)
  await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau secret')
  expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
})

function redeem(token: string, person: Person, newPassword: string) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
}

function logInAs({ email, password }: Person, presented: string | null = null) {
  return logIn({ identifier: email, password, locale: 'fr' }, newCaller(), { session: presented, device: null })
}

async function sessionOf(person: Person, presented: string | null = null): Promise<string> {
  const result = await logInAs(person, presented)
  if (!result.ok) throw new Error(result.code)
  return result.value.session
}

function linkIn(text: string | undefined): string | undefined {
  return /https?:\S+(?:reset-password|verify-email)\/\S+/.exec(text ?? '')?.[0]
}

async function passLimits(): Promise<void> {
  await (await db()).$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() WHERE "key" LIKE 'reset_mail:60:%'`
}
