import { expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { confirmNewEmail, fillLogIn, logIn, redeemReset, submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`the address is changed by whoever knows the password and holds the new one, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinRaw(service)
    const moved = { ...person, email: newPerson().email }
    await logIn(page, 'fr', person)
    await page.getByRole('link', { name: say('fr', 'account.email') }).click()
    await expect(page).toHaveURL('/fr/account/change-email')

    await fill(page, moved.email, 'Wr0ng one, surely')
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))
    await expect(page.locator('[name=newEmail]')).toHaveValue(moved.email)
    await fill(page, 'nobody at example.org', person.password)
    await expect(page.locator('#newEmail-errors')).toHaveText(say('fr', 'fields.newEmail.invalid'))
    await fill(page, moved.email, person.password)
    await expect(page).toHaveURL('/fr/account/change-email/sent')
    await expect(page.locator('main')).toContainText('24 heures')

    await page.goto(linkIn(await sweptMailTo(service, moved.email), 'new-email'))
    await expect(page).toHaveURL(/\/fr\/new-email\?link=[\w-]{22}$/)
    expect(await countOf(service, person.email)).toBe(1)
    await confirmNewEmail(page, { password: 'Wr0ng one, surely' })
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))
    expect(await countOf(service, person.email)).toBe(1)
    await confirmNewEmail(page, person)
    await expect(page).toHaveURL('/fr/new-email/done')
    await page.getByRole('main').getByRole('link').click()
    await expect(page).toHaveURL('/fr/account')
    await expect(page.locator('main')).toContainText(moved.email)
    await page.goto('/fr/new-email')
    await expect(page.locator('h1')).toHaveText(say('fr', 'newEmailProblem.usedTitle'))

    const notice = await sweptMailTo(service, person.email, 2)
    expect(notice.subject).toBe('L’adresse email de votre compte Metamots a été modifiée')
    await page.context().clearCookies()
    await fillLogIn(page, 'fr', person)
    await expect(page.locator('main').getByRole('alert')).toBeVisible()
    await logIn(page, 'fr', moved)

    await page.goto(linkIn(notice, 'not-me'))
    await page.locator('[name=password]').fill(person.password)
    await submit(page)
    await expect(page).toHaveURL('/fr/not-me/done')
    await page.goto(linkIn(await sweptMailTo(service, person.email, 3), 'reset-password'))
    await redeemReset(page, person, newPassword)
    await expect(page).toHaveURL('/fr/reset-password/done')
    await logIn(page, 'fr', person, newPassword)
  })

  test(`an address that another account has is answered like any other, ${name}`, async ({ page, service }) => {
    const [person, owner] = [await joinRaw(service), await joinRaw(service)]
    await logIn(page, 'fr', person)
    await page.goto('/fr/account/change-email')
    await fill(page, owner.email, person.password)
    await expect(page).toHaveURL('/fr/account/change-email/sent')
    expect((await sweptMailTo(service, owner.email, 2)).subject).toBe('Vous avez déjà un compte Metamots')
    expect(mailsTo(service.resend, person.email)).toHaveLength(1)
  })
})

async function fill(page: Page, email: string, password: string): Promise<void> {
  await page.locator('[name=newEmail]').fill(email)
  await page.locator('[name=currentPassword]').fill(password)
  await submit(page)
}

async function countOf({ databaseUrl }: Service, email: string): Promise<number> {
  return (await query(databaseUrl, `SELECT 1 FROM "Account" WHERE "email" = '${email}'`)).length
}
