import { expect, test } from 'vitest'
import { keepAccount } from '@/lib/accounts/close-account'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { purge } from '@/lib/worker/retention'
import { logInAs, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import { closeAs, passWeek, secondsLeft } from '@/tests/support/accounts/closing'
import {
  accountOf,
  askForResetAs,
  claimOf,
  joinAs,
  mailboxOf,
  mailedToken,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const week = 7 * 24 * 3600

test('closing asks for the password, ends every session and link at once, and mails until when it can be undone', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const token = await resetTokenOf(person)
  expect(await closeAs(person, 'Wr0ng one, surely')).toEqual({ ok: false, code: 'wrong_password' })
  expect(await findSession(session)).toMatchObject({ closesAt: null })

  expect(await closeAs(person)).toEqual({ ok: true })
  expect(await findSession(session)).toBeNull()
  expect(await peekLink('reset-password', token)).toBe('account_closing')
  expect(await secondsLeft(person)).toBeGreaterThan(week - 60)
  expect(await secondsLeft(person)).toBeLessThanOrEqual(week)
  await deliverDueMail()
  const { closesAt } = await accountOf(person)
  const day = new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeZone: 'Europe/Brussels' })
  const [mail] = await mailboxOf(person)
  expect(mail?.subject).toBe('Votre compte Metamots va être fermé')
  expect(mail?.text).toContain(`effacées dans 7\u00a0jours, après le ${day.format(closesAt ?? 0)}`)
  expect(mail?.text).toMatch(/\/fr\/login\n/)
})

test('guesses of the password are limited, however they are made', async () => {
  const person = await joinAs()
  for (let round = 0; round < 10; round += 1) await closeAs(person, 'Wr0ng one, surely')
  expect(await closeAs(person)).toMatchObject({ ok: false, code: 'too_many_requests', waitSeconds: expect.any(Number) })
  expect(await secondsLeft(person)).toBeNull()
})

test('asking again neither hastens nor delays it, and brings no second mail', async () => {
  const person = await joinAs()
  await closeAs(person)
  await (await db())
    .$executeRaw`UPDATE "Account" SET "closesAt" = now() + interval '1 day' WHERE "email" = ${person.email}`
  const { closesAt } = await accountOf(person)
  expect(await closeAs(person)).toEqual({ ok: true })
  expect((await accountOf(person)).closesAt).toEqual(closesAt)
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(2)
})

test('whoever signs in within the seven days can keep the account, and is told nothing more about closing', async () => {
  const person = await joinAs()
  await closeAs(person)
  const account = await findSession(await sessionOf(person))
  expect(account?.closesAt).toBeInstanceOf(Date)
  await keepAccount(account?.id ?? '', newCaller())
  await keepAccount(account?.id ?? '', newCaller())
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(1)
  expect(await secondsLeft(person)).toBeNull()
  await passWeek()
  await purge()
  expect(await findSession(await sessionOf(person))).toMatchObject({ closesAt: null })
  const vias = (await (await db()).event.findMany({ where: { accountId: account?.id ?? '' } })).map(({ via }) => via)
  expect(vias.filter((via) => via === 'keep_account')).toHaveLength(1)
})

test('while it is closing, a forgotten password is reset as ever, and the account is still closing', async () => {
  const person = await joinAs()
  await closeAs(person)
  await askForResetAs(person)
  const claim = { ...claimOf(person), newPassword }
  expect(
    await redeemPasswordReset(await mailedToken(person, 'reset-password'), claim, newCaller(), 'fr'),
  ).toMatchObject({
    ok: true,
  })
  expect(await findSession(await sessionOf({ ...person, password: newPassword }))).toMatchObject({
    closesAt: expect.any(Date),
  })
})

test('while it is closing, its address is that of an account to everybody else', async () => {
  const person = await joinAs()
  await closeAs(person)
  await deliverDueMail()
  await askForResetAs(person, { firstName: 'Mallory' })
  await signUpAs({ ...person, password: 'An0ther secret!' })
  expect((await mailboxOf(person)).map(({ subject }) => subject).slice(0, 2)).toEqual([
    'Vous avez déjà un compte Metamots',
    'Votre demande de mot de passe Metamots n’a pas abouti',
  ])
  expect(await logInAs({ ...person, password: 'An0ther secret!' })).toEqual({ ok: false, code: 'invalid_credentials' })
})
