import { expect, test } from 'vitest'
import { redeemEmailChange, requestEmailChange } from '@/lib/accounts/change-email'
import { changeLanguage } from '@/lib/accounts/change-language'
import { changePassword } from '@/lib/accounts/change-password'
import { closeAccount } from '@/lib/accounts/close-account'
import { changeEmailSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { accountIn, idOf } from '@/tests/support/accounts/changes'
import {
  askForResetAs,
  claimOf,
  joinAs,
  mailboxOf,
  mailedToken,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'
import { mailTexts } from '@/tests/support/words'

useService('embedded')

test('only a sign-up of a new address is answered in the language of the page', async () => {
  const person = await joinAs(newPerson(), 'de')
  expect(await subjectOf(person)).toBe(mailTexts('de').verify_address.subject)
  await signUpAs(person, 'ar')
  expect(await subjectOf(person)).toBe(mailTexts('de').account_exists.subject)
  await askForResetAs(person, {}, 'ar')
  expect(await subjectOf(person)).toBe(mailTexts('de').reset_password.subject)
  await askForResetAs(person, { firstName: 'Mallory' }, 'ar')
  expect(await subjectOf(person)).toBe(mailTexts('de').request_mismatch.subject)
  const kept = await (await db()).mail.findMany({ where: { accountId: await idOf(person) }, select: { locale: true } })
  expect(kept.map(({ locale }) => locale)).toEqual(['de', 'de', 'de'])
})

test('whoever asks to move to an address does not decide the language of what its holder gets', async () => {
  const [asker, holder, { email }] = [await joinAs(newPerson(), 'pl'), await joinAs(newPerson(), 'de'), newPerson()]
  await askFor(asker, holder.email, 'ar')
  expect(await subjectOf(holder)).toBe(mailTexts('de').account_exists.subject)
  await askFor(asker, email, 'ar')
  expect(await subjectOf({ email })).toBe(mailTexts('pl').new_email.subject)
})

test('a link in a mail leads to pages in the language of the mail', async () => {
  const person = await joinAs(newPerson(), 'de')
  await askForResetAs(person, {}, 'ar')
  expect((await mailboxOf(person))[0]?.text).toContain('/de/reset-password/')
})

test('somebody who changes the language gets mails in it at once', async () => {
  const person = await joinAs(newPerson(), 'de')
  await changeLanguage(await idOf(person), 'es')
  await askForResetAs(person, {}, 'de')
  expect(await subjectOf(person)).toBe(mailTexts('es').reset_password.subject)
  await signInAs(person, 'it')
  await askForResetAs(person, { firstName: 'Mallory' }, 'de')
  expect(await subjectOf(person)).toBe(mailTexts('it').request_mismatch.subject)
})

test.each([
  ['by signing in', async (person: Person) => signInAs(person, 'ar')],
  [
    'by signing in twice',
    async (person: Person) => {
      await signInAs(person, 'pl')
      return signInAs(person, 'ar')
    },
  ],
  [
    'on the account page, with sessions before and after',
    async (person: Person) => {
      await signInAs(person, 'de')
      await changeLanguage(await idOf(person), 'nl')
      await changeLanguage(await idOf(person), 'ar')
      return signInAs(person, 'ar')
    },
  ],
])('a thief who makes a language the account’s %s does not decide that of notices', async (_, sign) => {
  const person = await joinAs(newPerson(), 'de')
  const session = await sign(person)
  const change = { currentPassword: person.password, newPassword }
  const changed = await changePassword(await accountIn(session), change, newCaller(), 'ar')
  await deliverDueMail()
  expect(await subjectOf(person)).toBe(mailTexts('de').password_changed.subject)

  const { email } = newPerson()
  await askFor({ ...person, password: newPassword }, email, 'ar', changed.ok ? changed.value.session : session)
  await redeemEmailChange(await mailedToken({ email }, 'new-email'), newPassword, newCaller(), 'ar')
  await deliverDueMail()
  expect(await subjectOf(person)).toBe(mailTexts('de').address_changed.subject)

  await closeAccount(await idOf({ ...person, email }), { currentPassword: newPassword }, newCaller(), 'ar')
  await deliverDueMail()
  expect(await subjectOf({ email })).toBe(mailTexts('de').account_closing.subject)

  await redeemNotMe(await mailedToken(person, 'not-me'), newCaller(), 'ar', person.password)
  await deliverDueMail()
  expect(await subjectOf(person)).toBe(mailTexts('de').account_secured.subject)
})

test('nor does a reset, whatever language its page is in', async () => {
  const person = await joinAs(newPerson(), 'de')
  await askForResetAs(person, {}, 'de')
  const token = await mailedToken(person, 'reset-password')
  await redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'ar')
  await deliverDueMail()
  expect(await subjectOf(person)).toBe(mailTexts('de').password_changed.subject)
})

test('a language that the account has had for as long as a session can last is that of notices too', async () => {
  const person = await joinAs(newPerson(), 'de')
  await signInAs(person, 'es')
  await (await db()).$executeRaw`UPDATE "Account" SET "localeSince" = "localeSince" - interval '30 days'`
  const session = await signInAs(person, 'ar')
  await changePassword(await accountIn(session), { currentPassword: person.password, newPassword }, newCaller(), 'ar')
  await deliverDueMail()
  expect(await subjectOf(person)).toBe(mailTexts('es').password_changed.subject)
})

async function signInAs({ email, password }: Person, locale: Locale): Promise<string> {
  const result = await logIn({ identifier: email, password, locale }, newCaller(), { session: null, mark: null })
  if (!result.ok) throw new Error(result.code)
  return result.value.session
}

async function askFor(person: Person, newEmail: string, locale: Locale, session?: string): Promise<void> {
  const account = await accountIn(session ?? (await signInAs(person, 'pl')))
  const input = changeEmailSchema.parse({ newEmail, currentPassword: person.password })
  expect(await requestEmailChange(account, input, newCaller(), locale)).toEqual({ ok: true })
  await deliverDueMail()
}

async function subjectOf(person: Pick<Person, 'email'>): Promise<string | undefined> {
  return (await mailboxOf(person))[0]?.subject
}
