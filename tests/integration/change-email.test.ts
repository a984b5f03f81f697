import { expect, test } from 'vitest'
import { redeemEmailChange, requestEmailChange } from '@/lib/accounts/change-email'
import { changeEmailSchema } from '@/lib/accounts/input'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { patiently } from '@/tests/support/accounts/busy'
import {
  askForEmail,
  confirmEmail,
  idOf,
  logInAs,
  resetTokenOf,
  sessionOf,
  signedIn,
  withEmail,
  withPassword,
} from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('an address is changed by its password and by the link mailed to the new one, and the former one is told', async () => {
  const person = await joinAs()
  const moved = { ...person, email: newPerson().email }
  const session = await sessionOf(person)
  await askForEmail(person, moved.email)
  const token = await mailedToken(moved, 'new-email')
  expect(await peekLink('new-email', token)).toBe('live')
  expect(await logInAs(moved)).toMatchObject({ ok: false })

  expect(await confirmEmail(token, person)).toEqual({ ok: true })

  expect(await findSession(session)).toMatchObject({ email: moved.email })
  expect(await logInAs(moved)).toMatchObject({ ok: true })
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect((await mailboxOf(person))[0]?.subject).toBe('L’adresse email de votre compte Metamots a été modifiée')
  expect(await mailboxOf(moved)).toHaveLength(1)
  expect(await confirmEmail(token, person)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('new-email', token)).toBe('used')
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(moved), via: 'change_email' } })
  expect(events.map(({ name }) => name)).toEqual(['user_updated'])
})

test('it ends the live reset link, and the next one goes to the new address', async () => {
  const person = await joinAs()
  const early = await resetTokenOf(person)
  const moved = await withEmail(person)
  expect(await peekLink('reset-password', early)).toBe('address_changed')
  await (await db()).rateLimit.deleteMany()
  await askForResetAs(moved)
  expect(await peekLink('reset-password', await mailedToken(moved, 'reset-password'))).toBe('live')
  await askForResetAs(person)
  expect(await mailboxOf(person)).toHaveLength(3)
})

test('without the password nothing is sent, and guesses are limited together with those of a change of password', async () => {
  const person = await joinAs()
  const account = await signedIn(person)
  const { email } = newPerson()
  const input = (currentPassword: string) => changeEmailSchema.parse({ newEmail: email, currentPassword })
  const ask = (password: string) => requestEmailChange(account, input(password), newCaller(), 'fr')
  for (let guesses = 0; guesses < 9; guesses += 1)
    expect(await ask('Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  expect(await ask('Wr0ng one, surely')).toEqual({ ok: false, code: 'session_ended' })
  expect(await ask(person.password)).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  await expect(withPassword(person, 'An0ther’s choice')).rejects.toThrow('too_many_requests')
  await deliverDueMail()
  expect(await mailboxOf({ ...person, email })).toEqual([])
})

test('of 32 confirmations of one link at once, one changes the address', async () => {
  const person = await joinAs()
  const moved = { ...person, email: newPerson().email }
  await askForEmail(person, moved.email)
  const token = await mailedToken(moved, 'new-email')
  const results = await Promise.all(
    Array.from({ length: 32 }, () => patiently(() => redeemEmailChange(token, person.password, newCaller(), 'fr'))),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(2)
})

test('asking for another address ends the link to the former, and so does a change of password', async () => {
  const [person, first, second] = [await joinAs(), newPerson(), newPerson()]
  await askForEmail(person, first.email)
  const early = await mailedToken(first, 'new-email')
  await askForEmail(person, second.email)
  const late = await mailedToken(second, 'new-email')
  expect([await peekLink('new-email', early), await peekLink('new-email', late)]).toEqual(['replaced', 'live'])
  await withPassword(person, 'An0ther’s choice')
  expect(await peekLink('new-email', late)).toBe('password_changed')
  expect(await confirmEmail(late, { password: 'An0ther’s choice' })).toMatchObject({ code: 'link_unusable' })
})

test('a request from before a change of password that is decided after it brings no link', async () => {
  const [person, { email }] = [await joinAs(), newPerson()]
  const input = changeEmailSchema.parse({ newEmail: email, currentPassword: person.password })
  const account = await signedIn(person)
  await requestEmailChange(account, input, newCaller(), 'fr')
  await (await db())
    .$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + interval '1 hour' WHERE "kind" = 'address_change' AND "state" = 'waiting'`
  await withPassword(person, 'An0ther’s choice')
  await (await db()).$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  await deliverDueMail()
  expect(await mailboxOf({ email })).toEqual([])
})

test('the spelling of one’s own address can be changed', async () => {
  const person = await joinAs()
  const spelt = { ...person, email: person.email.replace(/^\w+/, (local) => local.toUpperCase()) }
  await withEmail(person, spelt.email)
  expect(await (await db()).account.count({ where: { email: spelt.email, emailKey: person.email } })).toBe(1)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('a reset that waits at the former address ends with the move, so that it holds up none at the new one', async () => {
  const person = await joinAs()
  await askForResetAs(person)
  await askForResetAs(person)
  const client = await db()
  const waits = { accountId: await idOf(person), template: null, state: 'waiting' } as const
  expect(await client.mail.count({ where: waits })).toBe(1)
  await withEmail(person)
  expect(await client.mail.count({ where: waits })).toBe(0)
})
