import { expect, test } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { logInAs, redeem, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import { joinAs, mailboxOf, mailedToken, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { newPassword } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('a person signs up, confirms, signs in, loses the password, resets it by mail and signs in with the new one', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const token = await resetTokenOf(person)
  expect(await peekLink('reset-password', token)).toBe('live')

  expect(await redeem(token, person, newPassword)).toEqual({ ok: true })

  expect(await findSession(session)).toBeNull()
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
  await deliverDueMail()
  expect((await mailboxOf(person)).map((mail) => mail.subject)).toHaveLength(4)
  expect(await peekLink('reset-password', token)).toBe('used')
})

test('a confirmation link opens the account once, with the password that was chosen', async () => {
  const person = await signUpAs()
  const token = await mailedToken(person, 'verify-email')
  expect(await peekLink('verify-email', token)).toBe('live')
  const opened = await redeemVerification(token, person.password, newCaller())
  expect(await findSession(opened.ok ? opened.value.session : '')).toMatchObject({ email: person.email })
  expect(await redeemVerification(token, person.password, newCaller())).toMatchObject({ code: 'link_unusable' })
  expect(await peekLink('verify-email', token)).toBe('used')
})

test('signing up with a known address changes nothing and tells its owner', async () => {
  const person = await joinAs()
  await signUpAs({
    ...person,
    email: person.email.toUpperCase().replace('EXAMPLE.ORG', 'example.org'),
    password: 'An0ther secret!',
    firstName: 'Mallory',
  })
  expect(await mailboxOf(person)).toHaveLength(2)
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await logInAs({ ...person, password: 'An0ther secret!' })).toMatchObject({ ok: false })
})
