import type { Page } from '@playwright/test'
import type { Locale } from '@/lib/i18n/locales'
import type { Service } from '@/tests/support/app/service'
import { submit } from '@/tests/support/browser/walks'

/** A browser that is led through the states of the pages. */
export type Walk = { page: Page; service: Service; locale: Locale }

/** A page and the state in which it now stands. */
export type Stop = [page: string, state: string]

/** Submits the first form and waits for its page to answer on the spot. */
export async function submitAndWait(page: Page): Promise<void> {
  await submit(page)
  await page.locator('main form [role=alert]').waitFor()
}
