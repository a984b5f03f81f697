import { expect, type Page } from '@playwright/test'

/** The session that a browser presents. */
export async function sessionOf(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'session')?.value
}

/** Has a browser present a session. */
export async function setSession(page: Page, value = ''): Promise<void> {
  await page.context().addCookies([{ name: 'session', value, domain: 'localhost', path: '/' }])
}

/** Expects a browser to be shown no account, but the sign-in page. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.goto('/fr/account')
  await expect(page).toHaveURL('/fr/login')
}
