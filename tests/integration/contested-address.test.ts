import { expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { askForEmail, confirmEmail, idOf, logInAs, sessionOf, signedIn } from '@/tests/support/accounts/changes'
import { confirmAs, joinAs, mailboxOf, mailedToken, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { newPassword, newPerson } from '@/tests/support/person'
import { inOrder } from '@/tests/support/postgres/held-credentials'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('an address that another account has is answered the same, and its owner told that there is one', async () => {
  const [person, owner] = [await joinAs(), await joinAs()]
  await askForEmail(person, owner.email)
  expect((await mailboxOf(owner)).map(({ subject }) => subject)).toEqual([
    'Vous avez déjà un compte Metamots',
    'Confirmez votre adresse email pour Metamots',
  ])
  expect(await (await db()).token.count({ where: { accountId: await idOf(person), purpose: 'address_change' } })).toBe(
    0,
  )
})

test('an address that another account confirmed meanwhile is not taken from it, and the link says so', async () => {
  const [person, other] = [await joinAs(), newPerson()]
  await askForEmail(person, other.email)
  const token = await mailedToken(other, 'new-email')
  await joinAs(other)
  expect(await confirmEmail(token, person)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('new-email', token)).toBe('address_taken')
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await logInAs(other)).toMatchObject({ ok: true })
})

test('an address that sign-ups wait for is taken, and they come to nothing', async () => {
  const [person, squatter] = [await joinAs(), newPerson()]
  await signUpAs(squatter)
  await askForEmail(person, squatter.email)
  expect(await confirmEmail(await mailedToken(squatter, 'new-email'), person)).toEqual({ ok: true })
  expect(await logInAs({ ...person, email: squatter.email })).toMatchObject({ ok: true })
  expect(await logInAs(squatter)).toMatchObject({ code: 'invalid_credentials' })
  const link = await mailedToken(squatter, 'verify-email')
  expect(await peekLink('verify-email', link)).toBe('address_taken')
  expect(await redeemVerification(link, squatter.password, newCaller())).toMatchObject({ code: 'link_unusable' })
})

test('of two accounts that confirm one address at once, one gets it', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [one, two, { email }] = [await joinAs(), await joinAs(), newPerson()]
    await askForEmail(one, email)
    const first = await mailedToken({ email }, 'new-email')
    await askForEmail(two, email)
    const second = await mailedToken({ email }, 'new-email')
    const results = await Promise.all([confirmEmail(first, one), confirmEmail(second, two)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect([await peekLink('new-email', first), await peekLink('new-email', second)].sort()).toEqual([
      'address_taken',
      'used',
    ])
  }
})

test('whoever presses the link of a stranger’s request to move to their address moves nothing', async () => {
  const [stranger, person] = [await joinAs(), await signUpAs()]
  await askForEmail(stranger, person.email)
  const token = await mailedToken(person, 'new-email')
  expect(await confirmEmail(token, person)).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 })
  expect(await logInAs({ ...stranger, email: person.email })).toMatchObject({ ok: false })
  expect(await logInAs(stranger)).toMatchObject({ ok: true })
  await confirmAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await confirmEmail(token, stranger)).toEqual({ ok: false, code: 'link_unusable' })
})

test('five wrong passwords end a link to a new address, and tell its account nothing', async () => {
  const [person, { email }] = [await joinAs(), newPerson()]
  const session = await sessionOf(person)
  await askForEmail(person, email)
  const token = await mailedToken({ email }, 'new-email')
  for (let guesses = 0; guesses < 4; guesses += 1)
    expect(await confirmEmail(token, wrong)).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 - guesses })
  expect(await confirmEmail(token, wrong)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('new-email', token)).toBe('too_many_attempts')
  expect(await confirmEmail(token, person)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await findSession(session)).not.toBeNull()
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(person) } })
  expect(events.filter(({ name }) => /fail|revoked/.test(name))).toEqual([])
  const current = { currentPassword: person.password, newPassword }
  expect(await changePassword(await signedIn(person), current, newCaller(), 'fr')).toMatchObject({ ok: true })
})

test('a link to a new address does not serve a password that is replaced while it is looked at, nor is it used up', async () => {
  const [person, { email }] = [await joinAs(), newPerson()]
  await askForEmail(person, email)
  const token = await mailedToken({ email }, 'new-email')
  const account = await signedIn(person)
  const current = { currentPassword: person.password, newPassword }
  const change = () => changePassword(account, current, newCaller(), 'fr')
  const [changed, confirmed] = await inOrder(person.email, change, () => confirmEmail(token, person))
  expect(changed).toMatchObject({ ok: true })
  expect(confirmed).toEqual({ ok: false, code: 'wrong_password' })
  expect(await peekLink('new-email', token)).toBe('password_changed')
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
})

const wrong = { password: 'Wr0ng one, surely' }

test('asking to move to a second address ends the link to the first, whoever has the second', async () => {
  for (const second of [(await joinAs()).email, (await signUpAs()).email, newPerson().email]) {
    const [person, first] = [await joinAs(), newPerson()]
    await askForEmail(person, first.email)
    const token = await mailedToken(first, 'new-email')
    await askForEmail(person, second)
    expect(await peekLink('new-email', token)).toBe('replaced')
  }
})
