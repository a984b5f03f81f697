import type { Service } from '@/tests/support/app/service'
import { setSession } from '@/tests/support/browser/session-cookie'
import { query } from '@/tests/support/postgres/query'
import { type Stop, submitAndWait, type Walk } from '@/tests/support/states/stops'

/** Shows a page that does not exist and a form that fails. The browser complains of the first. */
export async function* statesOfFailures({ page, service, locale }: Walk): AsyncGenerator<Stop> {
  await page.goto(`/${locale}/no-such-page`)
  yield ['no such page', 'in a language']
  await page.goto('/no-such-page')
  yield ['no such page', 'in none']
  await page.goto(`/${locale}/login`)
  await page.locator('[name=identifier]').fill('nobody@example.org')
  await page.locator('[name=password]').fill('Wr0ng one, surely')
  await withoutTable(service, 'Account', () => submitAndWait(page))
  yield ['login', 'failed']
}

/** Shows the page that stands for one that broke. Scripts draw it, and the browser complains. */
export async function* statesOfCrashes({ page, service, locale }: Walk): AsyncGenerator<Stop> {
  await setSession(page, 'A'.repeat(43))
  await withoutTable(service, 'Session', async () => {
    await page.goto(`/${locale}/account`)
    await page.locator('main code').waitFor()
  })
  yield ['crash', 'with a reference']
}

async function withoutTable({ databaseUrl }: Service, table: string, work: () => Promise<void>): Promise<void> {
  await query(databaseUrl, `ALTER TABLE "${table}" RENAME TO "Absent"`)
  try {
    await work()
  } finally {
    await query(databaseUrl, `ALTER TABLE "Absent" RENAME TO "${table}"`)
  }
}
