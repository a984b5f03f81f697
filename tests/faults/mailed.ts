import { expect } from '@playwright/test'
import { linkIn, mailsTo, sweep } from '@/tests/e2e/fixtures'
import type { Service } from '@/tests/e2e/service'
import { askRaw } from '@/tests/faults/walks'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

/** Has a reset link mailed to somebody, however many have been. */
export async function mailedReset(service: Service, person: Person): Promise<string> {
  const mails = () => mailsTo(service.resend, person.email).filter(({ text }) => text.includes('/reset-password/'))
  const before = mails().length
  await forgetLimits(service)
  await askRaw(service, person)
  await sweep(service)
  await expect.poll(() => mails().length, { timeout: 30_000 }).toBe(before + 1)
  return linkIn(mails().at(-1) ?? { text: '' }, 'reset-password')
}

/** As if nobody had done anything yet; mail keeps its turns. */
export async function forgetLimits({ databaseUrl }: Pick<Service, 'databaseUrl'>): Promise<void> {
  await query(databaseUrl, `DELETE FROM "RateLimit" WHERE "key" NOT LIKE 'mail:%'`)
}
