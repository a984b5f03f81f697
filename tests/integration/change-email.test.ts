import { expect, test } from 'vitest'
import { peekNewEmail, redeemNewEmail, requestNewEmail } from '@/lib/accounts/change-email'
import { changeEmailSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { askForEmail, confirmEmail, idOf, logInAs, sessionOf, signedIn, withPassword } from '@/tests/support/changes'
import { askForReset, join, mailedToken, mailsTo, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

test('an address is changed by its password and by the link mailed to the new one, and the former one is told', async () => {
  const person = await join(newPerson())
  const moved = { ...person, email: newPerson().email }
  const session = await sessionOf(person)
  await askForEmail(person, moved.email)
  const token = await mailedToken(moved, 'new-email')
  expect(await peekNewEmail(token)).toBe('live')
  expect(await logInAs(moved)).toMatchObject({ ok: false })

  expect(await confirmEmail(token)).toEqual({ ok: true })

  expect(await findSession(session)).toMatchObject({ email: moved.email })
  expect(await logInAs(moved)).toMatchObject({ ok: true })
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect((await mailsTo(person))[0]?.subject).toBe('L’adresse email de votre compte Metamots a été modifiée')
  expect(await mailsTo(moved)).toHaveLength(1)
  expect(await confirmEmail(token)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekNewEmail(token)).toBe('used')
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(moved), via: 'change_email' } })
  expect(events.map(({ name }) => name)).toEqual(['user_updated'])
})

test('it ends the live reset link, and the next one goes to the new address', async () => {
  const person = await join(newPerson())
  const moved = { ...person, email: newPerson().email }
  await askForReset(person)
  const early = await mailedToken(person, 'reset-password')
  await move(person, moved)
  expect(await peekPasswordReset(early)).toBe('address_changed')
  await (await db()).rateLimit.deleteMany()
  await askForReset(moved)
  expect(await peekPasswordReset(await mailedToken(moved, 'reset-password'))).toBe('live')
  await askForReset(person)
  expect(await mailsTo(person)).toHaveLength(3)
})

test('without the password nothing is sent, and guesses are limited together with those of a change of password', async () => {
  const person = await join(newPerson())
  const account = await signedIn(person)
  const { email } = newPerson()
  const input = (currentPassword: string) => changeEmailSchema.parse({ newEmail: email, currentPassword })
  const ask = (password: string) => requestNewEmail(account, input(password), newCaller(), 'fr')
  for (let guesses = 0; guesses < 10; guesses += 1)
    expect(await ask('Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  expect(await ask(person.password)).toEqual({ ok: false, code: 'too_many_requests' })
  await expect(withPassword(person, 'An0ther’s choice')).rejects.toThrow('too_many_requests')
  await deliverDueMail()
  expect(await mailsTo({ ...person, email })).toEqual([])
})

test('of 32 confirmations of one link at once, one changes the address', async () => {
  const person = await join(newPerson())
  const moved = { ...person, email: newPerson().email }
  await askForEmail(person, moved.email)
  const token = await mailedToken(moved, 'new-email')
  const results = await Promise.all(Array.from({ length: 32 }, () => redeemNewEmail(token, newCaller(), 'fr')))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  await deliverDueMail()
  expect(await mailsTo(person)).toHaveLength(2)
})

test('asking for another address ends the link to the former, and so does a change of password', async () => {
  const [person, first, second] = [await join(newPerson()), newPerson(), newPerson()]
  await askForEmail(person, first.email)
  const early = await mailedToken(first, 'new-email')
  await askForEmail(person, second.email)
  const late = await mailedToken(second, 'new-email')
  expect([await peekNewEmail(early), await peekNewEmail(late)]).toEqual(['replaced', 'live'])
  await withPassword(person, 'An0ther’s choice')
  expect(await peekNewEmail(late)).toBe('password_changed')
  expect(await confirmEmail(late)).toMatchObject({ code: 'link_unusable' })
})

test('a request from before a change of password that is decided after it brings no link', async () => {
  const [person, { email }] = [await join(newPerson()), newPerson()]
  const input = changeEmailSchema.parse({ newEmail: email, currentPassword: person.password })
  const account = await signedIn(person)
  const { password } = person
  await requestNewEmail(account, input, newCaller(), 'fr')
  await (await db())
    .$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 hour' WHERE "kind" = 'address_change' AND "state" = 'waiting'`
  await withPassword(person, 'An0ther’s choice')
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  await deliverDueMail()
  expect(await mailsTo({ ...person, email, password })).toEqual([])
})

test('the spelling of one’s own address can be changed', async () => {
  const person = await join(newPerson())
  const spelt = { ...person, email: person.email.replace(/^\w+/, (local) => local.toUpperCase()) }
  await move(person, spelt)
  expect(await (await db()).account.count({ where: { email: spelt.email, emailKey: person.email } })).toBe(1)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

async function move(person: Person, moved: Person): Promise<void> {
  await askForEmail(person, moved.email)
  expect(await confirmEmail(await mailedToken(moved, 'new-email'))).toEqual({ ok: true })
}
