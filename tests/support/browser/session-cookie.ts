import { expect, type Page } from '@playwright/test'

/** The session that a browser presents. */
export async function sessionIn(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'session')?.value
}

/** The session among cookies. */
export function sessionFrom(cookies: string): string | undefined {
  return /(?:^|; )session=([^;]+)/.exec(cookies)?.[1]
}

/** Has a browser present a session. */
export async function setSession(page: Page, value = ''): Promise<void> {
  await page.context().addCookies([{ name: 'session', value, domain: 'localhost', path: '/' }])
}

/** Expects the account page to lead this browser to the sign-in page. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.goto('/fr/account')
  await expect(page).toHaveURL('/fr/login')
}
