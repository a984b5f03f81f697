import { expect } from '@playwright/test'
import { linkIn, mailsTo, test, tryAgain } from '@/tests/e2e/fixtures'
import { askForReset, signUp } from '@/tests/e2e/walks'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const faults = {
  'answers 500': behaviours.serverError,
  'answers 429': behaviours.rateLimited(1),
  hangs: behaviours.hang,
  'drops the line after accepting': behaviours.acceptThenDestroy,
}

test.beforeEach(({ service }) => service.resend.reset())

for (const [what, fault] of Object.entries(faults)) {
  test(`a mail provider that ${what} changes no page, and in the end each mail arrives once`, async ({
    page,
    service,
  }) => {
    const { resend, databaseUrl } = service
    const person = newPerson()
    resend.behave(fault)
    await signUp(page, 'fr', person)
    await askForReset(page, 'fr', person)
    expect(resend.requests.filter(({ status }) => status === 200)).toEqual([])
    await expect.poll(() => query(databaseUrl, `SELECT 1 FROM "Mail" WHERE "attempts" = 0`)).toEqual([])

    resend.behave(behaviours.ok)
    await expect.poll(() => tryAgain(service), { timeout: 25_000 }).toEqual([])
    const mails = mailsTo(resend, person.email)
    expect(mails).toHaveLength(2)
    for (const mail of mails) {
      const path = mail.text.includes('verify-email') ? 'verify-email' : 'reset-password'
      await page.goto(linkIn(mail, path))
      await expect(page.locator('main form')).toBeVisible()
    }
  })
}
