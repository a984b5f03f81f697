import { expect, type Page } from '@playwright/test'
import { linkIn, mailsTo, submit, sweptMailTo } from '@/tests/e2e/fixtures'
import type { Service } from '@/tests/e2e/service'
import type { Person } from '@/tests/support/person'

export async function fillIdentity(page: Page, person: Person): Promise<void> {
  await page.locator('[name=email]').fill(person.email)
  await page.locator('[name=firstName]').fill(person.firstName)
  await page.locator('[name=lastName]').fill(person.lastName)
  await page.locator('[name=country]').selectOption(person.country)
  await page.locator('[name=organizationType]').selectOption(person.organizationType)
}

export async function signUp(page: Page, locale: string, person: Person): Promise<void> {
  await page.goto(`/${locale}/signup`)
  await fillIdentity(page, person)
  await page.locator('[name=password]').fill(person.password)
  await submit(page)
  await expect(page).toHaveURL(`/${locale}/signup/sent`)
}

export async function join(page: Page, service: Service, locale: string, person: Person): Promise<void> {
  await signUp(page, locale, person)
  const mail = await sweptMailTo(service, person.email, mailsTo(service.resend, person.email).length || 1)
  await page.goto(linkIn(mail, 'verify-email'))
  await expect(page).toHaveURL(`/${locale}/verify-email`)
  await submit(page)
  await expect(page).toHaveURL(`/${locale}/verify-email/done`)
}

export async function fillLogIn(page: Page, locale: string, person: Person, password = person.password): Promise<void> {
  await page.goto(`/${locale}/login`)
  await page.locator('[name=identifier]').fill(person.email)
  await page.locator('[name=password]').fill(password)
  await submit(page)
}

export async function logIn(page: Page, locale: string, person: Person, password = person.password): Promise<void> {
  await fillLogIn(page, locale, person, password)
  await expect(page).toHaveURL(`/${locale}/account`)
}

export async function askForReset(page: Page, locale: string, person: Person): Promise<void> {
  await page.goto(`/${locale}/forgot-password`)
  await fillIdentity(page, person)
  await submit(page)
  await expect(page).toHaveURL(`/${locale}/forgot-password/sent`)
}

export async function redeemReset(page: Page, person: Person, newPassword: string): Promise<void> {
  await fillIdentity(page, person)
  await page.locator('[name=newPassword]').fill(newPassword)
  await submit(page)
}

/** Unfolds the languages of a page and follows one. */
export async function pickLanguage(page: Page, name: string): Promise<void> {
  await page.locator('header nav button').click()
  await page.getByRole('link', { name }).click()
}
