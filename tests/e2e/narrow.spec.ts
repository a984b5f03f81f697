import { expect, type Page } from '@playwright/test'
import { linkIn, mailTo, submit, test } from '@/tests/e2e/fixtures'
import { askForReset, join, logIn } from '@/tests/e2e/walks'
import { newPerson } from '@/tests/support/person'

test.use({ viewport: { width: 320, height: 640 } })

const forms = ['login', 'signup', 'forgot-password']
const outcomes = ['signup/sent', 'verify-email', 'verify-email/done', 'forgot-password/sent', 'reset-password']

for (const locale of ['fr', 'en']) {
  test(`no page scrolls sideways on a screen 320 pixels wide, in ${locale}`, async ({ page }) => {
    for (const path of forms) {
      await expectToFit(page, `/${locale}/${path}`)
      await submit(page)
      await expect(page.locator('main').getByRole('alert')).toBeVisible()
      await expectToFit(page)
    }
    for (const path of [...outcomes, 'reset-password/done']) await expectToFit(page, `/${locale}/${path}`)
  })
}

test('nor does one of a member with long names, or one that does not exist', async ({
  page,
  service,
  console: complaints,
}) => {
  const person = newPerson({ firstName: 'Maximilien-Guillaume', lastName: 'Montmorency-Bouteville-Luxembourg' })
  await join(page, service, 'fr', person)
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await mailTo(service.resend, person.email, 2), 'reset-password'))
  await expect(page.locator('[name=newPassword]')).toBeVisible()
  await expectToFit(page)
  await logIn(page, 'fr', person)
  for (const path of ['account', 'account/change-password', 'account/change-password/done'])
    await expectToFit(page, `/fr/${path}`)
  await expectToFit(page, '/fr/no-such-page')
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
})

async function expectToFit(page: Page, path?: string): Promise<void> {
  if (path) await page.goto(path)
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(excess, page.url()).toBe(0)
}
