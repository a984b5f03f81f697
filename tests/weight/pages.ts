import type { Page } from '@playwright/test'
import { linkIn, sweptMailTo } from '@/tests/e2e/fixtures'
import { changePasswordRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { askForReset, join, logIn, signUp } from '@/tests/e2e/walks'
import { newPerson } from '@/tests/support/person'

const newPassword = 'Un-n0uveau secret'

const openPages = [
  'login',
  'signup',
  'signup/sent',
  'verify-email',
  'forgot-password',
  'forgot-password/sent',
  'reset-password',
  'reset-password/done',
  'not-me',
  'not-me/done',
  'new-email',
  'new-email/done',
  'help',
  'accessibility',
]
const accountPages = [
  'account',
  'account/change-password',
  'account/change-email',
  'account/change-email/sent',
  'account/username',
  'account/close',
]

/** Every page but its language, as it is when it serves: with links that live, and signed in where that is needed. */
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
