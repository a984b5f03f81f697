import { type Browser, expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { joinRaw, type Mailed, markOf } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, sweptMailTo } from '@/tests/support/mail/swept-mail'
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

/** Opens an account by the mailed link, and leaves the browser signed out of it. */
export async function join(page: Page, service: Service, locale: string, person: Person): Promise<void> {
  await signUp(page, locale, person)
  const mail = await sweptMailTo(service, person.email, mailsTo(service.resend, person.email).length || 1)
  await page.goto(linkIn(mail, 'verify-email'))
  // A browser that holds another link has this one's fingerprint in the address.
  await page.waitForURL(({ pathname }) => pathname === `/${locale}/verify-email`)
  await confirm(page, person)
  await expect(page).toHaveURL(`/${locale}/verify-email/done`)
  await page.context().clearCookies({ name: /session$/ })
}

/** Confirms the address on the page of the link, which signs in. */
export async function confirm(page: Page, { password }: Person): Promise<void> {
  await page.locator('[name=password]').fill(password)
  await submit(page)
}

/** Confirms a new address on the page of its link. */
export async function confirmNewEmail(page: Page, { password }: Pick<Person, 'password'>): Promise<void> {
  await page.locator('[name=currentPassword]').fill(password)
  await submit(page)
}

export async function fillLogIn(page: Page, locale: string, person: Person, password = person.password): Promise<void> {
  await page.goto(`/${locale}/login`)
  await page.locator('[name=identifier]').fill(person.email)
  await page.locator('[name=password]').fill(password)
  await submit(page)
}

/** Signs in, in a browser that is known if one has been. */
export async function logIn(page: Page, locale: string, person: Person, password = person.password): Promise<void> {
  await page.goto(`/${locale}/login`)
  const [name = '', value] = markOf(person).split('=')
  if (value) await page.context().addCookies([{ name, value, url: page.url() }])
  await fillLogIn(page, locale, person, password)
  await expect(page).toHaveURL(`/${locale}/account`)
}

/** Opens an account and signs in to it. */
export async function joinAndLogIn(page: Page, service: Mailed): Promise<Person> {
  const person = await joinRaw(service)
  await logIn(page, 'fr', person)
  return person
}

/** Signs somebody in in another browser. */
export async function logInElsewhere(browser: Browser, person: Person): Promise<Page> {
  const page = await browser.newPage()
  await logIn(page, 'fr', person)
  return page
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

/** Opens the list of languages and follows one. */
export async function pickLanguage(page: Page, name: string): Promise<void> {
  await page.locator('header nav button').click()
  await page.getByRole('link', { name }).click()
}

/** Waits until React has the form in its hands. */
export function hydrated(page: Page): Promise<unknown> {
  const isTaken = () => Object.keys(document.querySelector('main form') ?? {}).some((key) => key.startsWith('__react'))
  return page.waitForFunction(isTaken)
}

export async function submit(page: Page): Promise<void> {
  await page.locator('main form button[type=submit]').first().click()
}
