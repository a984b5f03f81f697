import { expect, test } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { listSessions } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { signUpPolicy } from '@/lib/policy'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { patiently } from '@/tests/support/accounts/busy'
import { askForEmail, idOf, logInAs, redeem } from '@/tests/support/accounts/changes'
import {
  accountOf,
  askForConfirmationAs,
  askForLinkAs,
  askToJoinAs,
  confirmAs,
  joinAs,
  mailboxOf,
  mailedToken,
  mailedTokens,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('whoever signs up with somebody’s address, before or after them, does not get the account that they confirm', async () => {
  for (const order of ['before', 'after']) {
    const person = newPerson()
    const stranger = strangerTo(person)
    for (const each of order === 'before' ? [stranger, person] : [person, stranger]) await signUpAs(each)
    const [first, second] = await mailedTokens(person, 'verify-email')
    expect(first).toBe(second)
    await confirmAs(person)
    expect(await logInAs(person)).toMatchObject({ ok: true })
    expect(await logInAs(stranger)).toMatchObject({ code: 'invalid_credentials' })
    expect(await accountOf(person)).toMatchObject({ firstName: person.firstName, lastName: person.lastName })
    expect(await pendingOf(person)).toBe(0)
  }
})

test('sign-ups that use up the mails of an address cost its owner nothing: the link that was mailed serves them', async () => {
  const person = newPerson()
  for (let round = 0; round < 5; round += 1) await signUpAs(strangerTo(person))
  const mails = (await mailboxOf(person)).length
  await signUpAs(person)
  expect(await mailboxOf(person)).toHaveLength(mails)
  await confirmAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('of many sign-ups from one network, and of very many from many, the one of somebody else stays', async () => {
  const person = newPerson()
  await signUpAs(person)
  const [one, other] = [newCaller(), newCaller()]
  for (let round = 0; round < 3; round += 1) await askToJoinAs(strangerTo(person), 'fr', one)
  await deliverDueMail()
  expect(await pendingOf(person)).toBe(1 + signUpPolicy.maxPendingOfNetwork)
  await askToJoinAs(strangerTo(person), 'fr', other)
  await askToJoinAs(strangerTo(person), 'fr', other)
  for (let round = 0; round < signUpPolicy.maxPendingOfEmail - 3; round += 1) await askToJoinAs(strangerTo(person))
  await deliverDueMail()
  expect(await pendingOf(person)).toBe(signUpPolicy.maxPendingOfEmail)
  await confirmAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('signing in says the same, whether an address is free, waits to be proved or has an account', async () => {
  const [member, waiting, nobody] = [await joinAs(), await signUpAs(), newPerson()]
  await signUpAs(strangerTo(member))
  await signUpAs(strangerTo(nobody))
  const answers = []
  for (const { email } of [member, waiting, nobody]) answers.push(await logInAs({ ...strangerTo(member), email }))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('nobody signs in before the address is proved, nor resets a password', async () => {
  const person = await signUpAs()
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  await askForLinkAs(person)
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(1)
})

test('five wrong passwords end the link, and a new one can be asked for', async () => {
  const person = await signUpAs()
  const token = await mailedToken(person, 'verify-email')
  const guess = () => redeemVerification(token, newPassword, newCaller())
  for (let round = 0; round < 4; round += 1)
    expect(await guess()).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 - round })
  expect(await guess()).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('verify-email', token)).toBe('too_many_attempts')
  expect(await redeemVerification(token, person.password, newCaller())).toMatchObject({ code: 'link_unusable' })
  await askForConfirmationAs(person)
  await confirmAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('of twenty guesses at the same moment, at most five are weighed', async () => {
  const person = await signUpAs()
  const token = await mailedToken(person, 'verify-email')
  const guesses = Array.from({ length: 20 }, () => patiently(() => redeemVerification(token, newPassword, newCaller())))
  const codes = (await Promise.all(guesses)).map((result) => (result.ok ? 'ok' : result.code))
  expect(codes.filter((code) => code === 'wrong_password').length).toBeLessThanOrEqual(4)
  expect(await peekLink('verify-email', token)).toBe('too_many_attempts')
})

test('of many who confirm at the same moment one opens the account, and is signed in once', async () => {
  const person = await signUpAs()
  const token = await mailedToken(person, 'verify-email')
  const tries = Array.from({ length: 4 }, () => redeemVerification(token, person.password, newCaller()))
  expect((await Promise.all(tries)).filter(({ ok }) => ok)).toHaveLength(1)
  expect(await listSessions(await idOf(person), null)).toHaveLength(1)
})

test('a confirmation that is asked for again brings the same link; an address with an account is told so, others nothing', async () => {
  const [waiting, member, nobody] = [await signUpAs(), await joinAs(), newPerson()]
  for (const each of [waiting, member, nobody]) await askForConfirmationAs(each)
  const [again, first] = await mailedTokens(waiting, 'verify-email')
  expect(again).toBe(first)
  expect((await mailboxOf(member)).map(({ subject }) => subject)[0]).toBe('Vous avez déjà un compte Metamots')
  expect(await mailboxOf(nobody)).toEqual([])
})

test('asking to move an account to an address does not touch the sign-ups that wait for it', async () => {
  const [person, mover] = [await signUpAs(), await joinAs()]
  await askForEmail(mover, person.email)
  await confirmAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await redeem(await mailedToken(person, 'new-email'), person)).toMatchObject({ ok: false })
})

/** Somebody else who signs up with a person's address. */
function strangerTo({ email }: Person): Person {
  return newPerson({ email, password: 'An0ther secret!' })
}

async function pendingOf({ email }: Person): Promise<number> {
  return (await db()).pendingSignUp.count({ where: { emailKey: email.toLowerCase() } })
}
