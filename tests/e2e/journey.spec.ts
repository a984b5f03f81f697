import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { askForReset, fillLogIn, join, logIn, redeemReset } from '@/tests/support/browser/walks'
import { linkIn, mailsTo, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'

for (const locale of ['fr', 'en']) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(() => {
      test.use({ javaScriptEnabled })

      test(`the whole journey in ${locale} ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
        page,
        service,
      }) => {
        const person = newPerson()
        await join(page, service, locale, person)
        await logIn(page, locale, person)
        await page.context().clearCookies()

        await askForReset(page, locale, person)
        const mail = await mailTo(service.resend, person.email, 2)
        await page.goto(linkIn(mail, 'reset-password'))
        await expect(page).toHaveURL(new RegExp(`/${locale}/reset-password\\?link=[\\w-]{22}$`))
        await redeemReset(page, person, newPassword)
        await expect(page).toHaveURL(`/${locale}/reset-password/done`)
        await mailTo(service.resend, person.email, 3)

        await fillLogIn(page, locale, person)
        await expect(page).toHaveURL(`/${locale}/login`)
        await expect(page.locator('main').getByRole('alert')).toBeVisible()
        await logIn(page, locale, person, newPassword)
        await expect(page.locator('main')).toContainText(person.email)
        expect(mailsTo(service.resend, person.email)).toHaveLength(3)
      })
    })
  }
}
