import type { Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { pagesOfApp } from '@/tests/support/apps/shown-app'
import { askForReset, join, logIn, signUp } from '@/tests/support/browser/walks'
import { changePasswordRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'

const openPages = [
  'login',
  'signup',
  'signup/sent',
  'signup/resend',
  'signup/resend/sent',
  'verify-email',
  'forgot-password',
  'forgot-password/sent',
  'reset-password',
  'reset-password/done',
  'not-me',
  'not-me/done',
  'not-me/blocked',
  'not-me/lifted',
  'new-email',
  'new-email/done',
  pagesOfApp.login,
  pagesOfApp.problem,
  'help',
  'accessibility',
]
const accountPages = [
  'account',
  'account/change-password',
  'account/change-email',
  'account/change-email/sent',
  'account/details',
  'account/details/done',
  'account/rehearsal',
  'account/rehearsal/same',
  'account/rehearsal/different',
  'account/username',
  'account/close',
  pagesOfApp.logOut,
]

/** Every page in a state in which it serves: with live links, and signed in where that is needed. */
export async function* servingPages(page: Page, service: Service): AsyncGenerator<string> {
  const [person, forgetful, newcomer] = [newPerson(), newPerson(), newPerson()]
  await join(page, service, 'fr', forgetful)
  await askForReset(page, 'fr', forgetful)
  await page.goto(linkIn(await sweptMailTo(service, forgetful.email, 2), 'reset-password'))
  await join(page, service, 'fr', person)
  await signUp(page, 'fr', newcomer)
  await page.goto(linkIn(await sweptMailTo(service, newcomer.email), 'verify-email'))
  await changePasswordRaw(service, person, newPassword)
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'not-me'))
  yield* openPages
  await logIn(page, 'fr', { ...person, password: newPassword })
  yield* accountPages
}
