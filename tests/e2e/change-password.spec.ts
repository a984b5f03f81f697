import { expect, type Page } from '@playwright/test'
import { submit, sweptMailTo, test } from '@/tests/e2e/fixtures'
import { withAndWithoutScripts } from '@/tests/e2e/modes'
import { joinRaw } from '@/tests/e2e/raw-walks'
import { expectSignedOut, sessionOf, setSession } from '@/tests/e2e/session-cookie'
import { fillLogIn, logIn } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'

const newPassword = 'Un-n0uveau secret'

withAndWithoutScripts('fr', ({ name }) => {
  test(`the password is changed by whoever knows it, and that signs out the other browsers, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const person = await joinRaw(service)
    await logIn(page, 'fr', person)
    const other = await browser.newPage()
    await logIn(other, 'fr', person)
    const before = await sessionOf(page)

    await page.getByRole('link', { name: say('fr', 'account.changePassword') }).click()
    await expect(page).toHaveURL('/fr/account/change-password')
    await fillChange(page, 'Wr0ng one, surely', newPassword)
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))
    await expect(page.locator('[name=currentPassword]')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.locator('[name=newPassword]')).not.toHaveAttribute('aria-invalid', 'true')

    await fillChange(page, person.password, 'zqxjv')
    await expect(page.locator('#newPassword-errors').getByRole('listitem')).toHaveCount(4)
    await expect(page.locator('#currentPassword-errors')).toHaveCount(0)

    await fillChange(page, person.password, newPassword)
    await expect(page).toHaveURL('/fr/account/change-password/done')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Changement de mot de passe effectué')
    expect(await sessionOf(page)).not.toBe(before)
    await expectSignedOut(other)
    await setSession(other, before)
    await expectSignedOut(other)
    await page.goto('/fr/account')
    await expect(page).toHaveURL('/fr/account')

    expect((await sweptMailTo(service, person.email, 2)).subject).toBe('Votre mot de passe Metamots a été modifié')
    await fillLogIn(other, 'fr', person)
    await expect(other.locator('main').getByRole('alert')).toBeVisible()
    await logIn(other, 'fr', person, newPassword)
    await other.close()
  })
})

test('a form of somebody whose session ended meanwhile changes nothing and leads to the sign-in page', async ({
  page,
  service,
}) => {
  const person = await joinRaw(service)
  await logIn(page, 'fr', person)
  await page.goto('/fr/account/change-password')
  const session = await sessionOf(page)
  await setSession(page, 'A'.repeat(43))
  await fillChange(page, person.password, newPassword)
  await expect(page).toHaveURL('/fr/login')
  await setSession(page, session)
  await page.goto('/fr/login')
  await expect(page).toHaveURL('/fr/account')
  await page.context().clearCookies()
  await logIn(page, 'fr', person)
})

test('password managers find the form by the well-known address, and no other address is one', async ({ service }) => {
  const found = await fetch(`${service.url}/.well-known/change-password`, { redirect: 'manual' })
  expect([found.status, found.headers.get('location')]).toEqual([303, '/fr/account/change-password'])
  const unknown = await fetch(
    `${service.url}/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200`,
  )
  expect(unknown.status).toBe(404)
})

async function fillChange(page: Page, current: string, next: string): Promise<void> {
  await page.locator('[name=currentPassword]').fill(current)
  await page.locator('[name=newPassword]').fill(next)
  await submit(page)
}
