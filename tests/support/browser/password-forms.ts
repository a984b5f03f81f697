import type { Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { askForReset, logIn } from '@/tests/support/browser/walks'
import { askForEmailRaw, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'

/** Opens every form that asks for a password, one after another, and names it. */
export async function* passwordForms(page: Page, service: Service): AsyncGenerator<{ path: string; person: Person }> {
  const person = await joinRaw(service)
  for (const path of ['login', 'signup']) {
    await page.goto(`/fr/${path}`)
    yield { path, person }
  }
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  yield { path: 'reset-password', person }
  const { email } = newPerson()
  await askForEmailRaw(service, person, email)
  await page.goto(linkIn(await sweptMailTo(service, email), 'new-email'))
  yield { path: 'new-email', person }
  await logIn(page, 'fr', person)
  for (const path of ['account/change-password', 'account/change-email', 'account/details', 'account/close']) {
    await page.goto(`/fr/${path}`)
    yield { path, person }
  }
}
