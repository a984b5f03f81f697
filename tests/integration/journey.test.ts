import { expect, test } from 'vitest'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { peekVerification, redeemVerification } from '@/lib/accounts/verification'
import { logInAs, redeem, sessionOf } from '@/tests/support/changes'
import { askForReset, join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
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

function linkIn(text: string | undefined): string | undefined {
  return /https?:\S+(?:reset-password|verify-email)\/\S+/.exec(text ?? '')?.[0]
}
