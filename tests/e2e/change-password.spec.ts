import { expect, type Page } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { expectSignedOut, sessionIn, setSession } from '@/tests/support/browser/session-cookie'
import { test } from '@/tests/support/browser/test'
import { fillLogIn, joinAndLogIn, logIn, logInElsewhere, submit } from '@/tests/support/browser/walks'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`the password is changed by whoever knows it, and that signs out the other browsers, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    const other = await logInElsewhere(browser, person)
    const before = await sessionIn(page)

    await page
      .locator('#security')
      .getByRole('link', { name: say('fr', 'account.password') })
      .click()
    await expect(page).toHaveURL('/fr/account/change-password')
    await fillChange(page, 'Wr0ng one, surely', newPassword)
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))
    await expect(page.locator('[name=currentPassword]')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.locator('[name=newPassword]')).not.toHaveAttribute('aria-invalid', 'true')

    await fillChange(page, person.password, 'zqxjv')
    await expect(page.locator('#newPassword-errors').getByRole('listitem')).toHaveCount(1)
    await expect(page.locator('#currentPassword-errors')).toHaveCount(0)

    await fillChange(page, person.password, newPassword)
    await expect(page).toHaveURL('/fr/account/change-password/done')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Changement de mot de passe effectué')
    expect(await sessionIn(page)).not.toBe(before)
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

test('the tenth wrong current password of a day ends the session, and the sign-in page says so', async ({
  page,
  service,
}) => {
  const person = await joinAndLogIn(page, service)
  const cookie = `session=${await sessionIn(page)}`
  const form = await readForm(service.url, '/fr/account/change-password', { cookie })
  const guess = { currentPassword: 'Wr0ng one, surely', newPassword }
  for (let guesses = 1; guesses < 10; guesses += 1)
    expect((await submitRaw(service, form, guess, { headers: { cookie } })).status).toBe(200)
  await page.goto('/fr/account/change-password')
  await fillChange(page, 'Wr0ng one, surely', newPassword)
  await expect(page).toHaveURL('/fr/login')
  await expect(page.getByText(say('fr', 'login.ended'))).toBeVisible()
  await expectSignedOut(page)
  await logIn(page, 'fr', person)
})

test('a form of somebody whose session ended meanwhile changes nothing and leads to the sign-in page', async ({
  page,
  service,
}) => {
  const person = await joinAndLogIn(page, service)
  await page.goto('/fr/account/change-password')
  const session = await sessionIn(page)
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
