import { expect, type Page } from '@playwright/test'
import { mailTo, submit, test } from '@/tests/e2e/fixtures'
import { withAndWithoutScripts } from '@/tests/e2e/modes'
import { fillLogIn, join, logIn } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const newPassword = 'Un-n0uveau secret'

withAndWithoutScripts('fr', ({ name }) => {
  test(`signing out ends this browser’s session, and everywhere every browser’s, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const person = newPerson()
    await join(page, service, 'fr', person)
    await logIn(page, 'fr', person)
    const other = await browser.newPage()
    await logIn(other, 'fr', person)

    const left = await sessionOf(page)
    await page.getByRole('button', { name: say('fr', 'account.logOut'), exact: true }).click()
    await expect(page).toHaveURL('/fr/login')
    await expectSignedOut(page)
    await setSession(page, left)
    await expectSignedOut(page)
    await other.goto('/fr/account')
    await expect(other).toHaveURL('/fr/account')

    await logIn(page, 'fr', person)
    await page.getByRole('button', { name: say('fr', 'account.logOutEverywhere') }).click()
    await expect(page).toHaveURL('/fr/login')
    await expectSignedOut(other)
    await other.close()
  })

  test(`the password is changed by whoever knows it, and that signs out the other browsers, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const person = newPerson()
    await join(page, service, 'fr', person)
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

    expect((await mailTo(service.resend, person.email, 2)).subject).toBe('Votre mot de passe Metamots a été modifié')
    await fillLogIn(other, 'fr', person)
    await expect(other.locator('main').getByRole('alert')).toBeVisible()
    await logIn(other, 'fr', person, newPassword)
    await other.close()
  })

  test(`the language chosen on the account page holds for its pages and is kept, ${name}`, async ({
    page,
    service,
  }) => {
    const person = newPerson()
    await join(page, service, 'fr', person)
    await logIn(page, 'fr', person)
    await page.locator('[name=locale]').selectOption('en')
    await submit(page)
    await expect(page).toHaveURL('/en/account')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    const kept = `SELECT "locale" FROM "Account" WHERE "email" = '${person.email}'`
    expect(await query(service.databaseUrl, kept)).toEqual([{ locale: 'en' }])
  })
})

test('pages of an account lead to the sign-in page when nobody is signed in', async ({ page }) => {
  for (const locale of ['fr', 'en']) {
    for (const path of ['account', 'account/change-password', 'account/change-password/done']) {
      await page.goto(`/${locale}/${path}`)
      await expect(page).toHaveURL(`/${locale}/login`)
    }
  }
})

test('a form of somebody whose session ended meanwhile changes nothing and leads to the sign-in page', async ({
  page,
  service,
}) => {
  const person = newPerson()
  await join(page, service, 'fr', person)
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

test('a session that was planted is never adopted, and the one a browser brings ends when it signs in', async ({
  page,
  browser,
  service,
}) => {
  const person = newPerson()
  await join(page, service, 'fr', person)
  const planted = 'p'.repeat(43)
  await setSession(page, planted)
  await logIn(page, 'fr', person)
  const first = await sessionOf(page)
  expect(first).toMatch(/^(?!p{43})[\w-]{43}$/)

  const other = await browser.newPage()
  await other.goto('/fr/login')
  await other.locator('[name=identifier]').fill(person.email)
  await other.locator('[name=password]').fill(person.password)
  await setSession(other, first)
  await submit(other)
  await expect(other).toHaveURL('/fr/account')
  expect(await sessionOf(other)).not.toBe(first)
  await expectSignedOut(page)
  await setSession(page, planted)
  await expectSignedOut(page)
  await other.close()
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

async function expectSignedOut(page: Page): Promise<void> {
  await page.goto('/fr/account')
  await expect(page).toHaveURL('/fr/login')
}

async function sessionOf(page: Page): Promise<string | undefined> {
  return (await page.context().cookies()).find(({ name }) => name === 'session')?.value
}

async function setSession(page: Page, value = ''): Promise<void> {
  await page.context().addCookies([{ name: 'session', value, domain: 'localhost', path: '/' }])
}
