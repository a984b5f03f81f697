import { expect, type Page } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn, logIn, submit } from '@/tests/support/browser/walks'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

const unknownAction = `40${'a'.repeat(40)}`

withAndWithoutScripts('fr', ({ name, scripts }) => {
  test(`a form whose session ended meanwhile leads to a sign-in page that says so, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    await page.goto('/fr/account/username')
    await page.locator('[name=username]').fill('too.late')
    const account = `SELECT "id" FROM "Account" WHERE "email" = '${person.email}'`
    await query(service.databaseUrl, `DELETE FROM "Session" WHERE "accountId" = (${account})`)
    await submit(page)
    await expect(page).toHaveURL('/fr/login')
    await expect(page.locator('main').getByText(say('fr', 'login.ended'), { exact: true })).toBeVisible()
    if (scripts) await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await logIn(page, 'fr', person)
    await page.getByRole('button', { name: say('fr', 'account.logOut'), exact: true }).click()
    await expect(page).toHaveURL('/fr/login?signed-out=here')
    await expect(page.locator('main')).not.toContainText(say('fr', 'login.ended'))
  })

  test(`a form that was refused is refused again when the page is loaded again, or starts afresh, ${name}`, async ({
    page,
  }) => {
    await page.goto('/fr/forgot-password')
    await page.locator('[name=firstName]').fill('Éloïse')
    await submit(page)
    await expect(page.locator('main form').getByRole('alert')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'forgot.title'))
    await expect(page.locator('main form').getByRole('alert')).toHaveCount(scripts ? 0 : 1)
    await submit(page)
    await expect(page.locator('main form').getByRole('alert')).toContainText(say('fr', 'fields.email.missing'))
  })
})

test('a form that a new version no longer knows says to load the page again, and then holds what was typed', async ({
  page,
  console: complaints,
}) => {
  await page.goto('/fr/forgot-password')
  await forgetAction(page)
  await page.locator('[name=firstName]').fill('Éloïse')
  await page.locator('[name=country]').selectOption('BE')
  await submit(page)
  const alert = page.locator('main form').getByRole('alert')
  await expect(alert).toContainText(say('fr', 'kit.outdated'))
  await alert.getByRole('link', { name: say('fr', 'kit.reload') }).click()
  await expect(alert).toHaveCount(0)
  await expect(page.locator('[name=firstName]')).toHaveValue('Éloïse')
  await expect(page.locator('[name=country]')).toHaveValue('BE')
  expect(complaints.splice(0)).not.toEqual([])
})

/** Makes the form of the page one of an action that does not exist. */
async function forgetAction(page: Page): Promise<void> {
  await page.route('**/fr/forgot-password', async (route) => {
    const headers = await route.request().allHeaders()
    const isSubmission = headers['next-action'] !== undefined
    await route.continue(isSubmission ? { headers: { ...headers, 'next-action': unknownAction } } : {})
  })
}
