import { expect, type Page } from '@playwright/test'
import type { HelpStep } from '@/lib/i18n/help-steps'
import type { Locale } from '@/lib/i18n/locales'
import { linkIn, submit, sweptMailTo } from '@/tests/e2e/fixtures'
import type { Service } from '@/tests/e2e/service'
import { fillIdentity, join } from '@/tests/e2e/walks'
import { modelPeople } from '@/tests/support/model-people'
import { newPerson } from '@/tests/support/person'

/** Walks the steps of the guide, and looks at each with the details of a made-up person and what to press in focus. */
export async function walkGuide(
  page: Page,
  service: Service,
  locale: Locale,
  look: (step: HelpStep) => Promise<void>,
): Promise<void> {
  const person = newPerson()
  const model = modelPeople[locale]
  const button = page.locator('main form button[type=submit]')
  const heading = page.getByRole('heading', { level: 1 })
  await join(page, service, locale, person)

  await page.goto(`/${locale}/login`)
  await expect(page.locator('main form button[type=button]')).toBeVisible()
  await page.locator(`main a[href="/${locale}/forgot-password"]`).focus()
  await look('login')

  await page.goto(`/${locale}/forgot-password`)
  await fillIdentity(page, model)
  await button.focus()
  await look('forgot')

  await fillIdentity(page, person)
  await submit(page)
  await expect(heading).toBeFocused()
  await expect(page).toHaveURL(`/${locale}/forgot-password/sent`)
  await look('forgotSent')

  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await fillIdentity(page, model)
  await page.locator('[name=newPassword]').fill(model.password)
  await expect(page.locator('main .rule-met')).toHaveCount(5)
  await button.focus()
  await look('reset')

  await fillIdentity(page, person)
  await submit(page)
  await expect(heading).toBeFocused()
  await expect(page).toHaveURL(`/${locale}/reset-password/done`)
  await page.locator(`main a[href="/${locale}/login"]`).focus()
  await look('resetDone')
}
