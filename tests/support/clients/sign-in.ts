import { expect, type Page } from '@playwright/test'
import { submit } from '@/tests/support/browser/walks'
import { askForResetRaw, type Mailed, redeemResetRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, type Person } from '@/tests/support/person'

/** Signs in on the page to which an application or its proxy led. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.locator('[name=identifier]').fill(person.email)
  await page.locator('[name=password]').fill(person.password)
  await submit(page)
}

/** Makes a new password by a mailed link, in a browser elsewhere, as whoever gets an account back does. */
export async function resetElsewhere(service: Mailed, person: Person, mails: number): Promise<void> {
  await askForResetRaw(service, person)
  const link = linkIn(await sweptMailTo(service, person.email, mails), 'reset-password')
  const answer = await redeemResetRaw(service, link, person, newPassword)
  expect(answer.headers.get('location')).toMatch(/^\/\w+\/reset-password\/done$/)
}
