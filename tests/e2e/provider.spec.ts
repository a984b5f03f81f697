import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { askForReset, signUp } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, sweepAtOnce } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'

const faults = {
  'answers 500': behaviours.serverError,
  'answers 429': behaviours.rateLimited(1),
  hangs: behaviours.hang,
  'drops the line after accepting': behaviours.acceptThenDestroy,
}

for (const [what, fault] of Object.entries(faults)) {
  test(`a mail provider that ${what} changes no page, and in the end each mail arrives once`, async ({
    page,
    service,
  }) => {
    const { resend, databaseUrl } = service
    const [person, member] = [newPerson(), await joinRaw(service)]
    resend.reset()
    // What other tests left to wait for its minute would be tried with these.
    await query(databaseUrl, `DELETE FROM "Mail" WHERE "state" = 'waiting'`)
    resend.behave(fault)
    await signUp(page, 'fr', person)
    await askForReset(page, 'fr', member)
    expect(resend.requests.filter(({ status }) => status === 200)).toEqual([])
    await expect.poll(() => resend.requests.length).toBeGreaterThan(0)

    resend.behave(behaviours.ok)
    await expect.poll(() => sweepAtOnce(service), { timeout: 25_000 }).toEqual([])
    const mails = [...mailsTo(resend, person.email), ...mailsTo(resend, member.email)]
    expect(mails).toHaveLength(2)
    for (const mail of mails) {
      const path = mail.text.includes('verify-email') ? 'verify-email' : 'reset-password'
      await page.goto(linkIn(mail, path))
      await expect(page.locator('main form')).toBeVisible()
    }
  })
}
