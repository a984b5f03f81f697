import type { Page } from '@playwright/test'
import { linkIn, sweptMailTo } from '@/tests/e2e/fixtures'
import { joinRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { askForReset, logIn } from '@/tests/e2e/walks'
import type { Person } from '@/tests/support/person'

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
  await logIn(page, 'fr', person)
  for (const path of ['account/change-password', 'account/change-email', 'account/close']) {
    await page.goto(`/fr/${path}`)
    yield { path, person }
  }
}
