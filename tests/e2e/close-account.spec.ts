import { expect, type Page } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { fillLogIn, joinAndLogIn, logInElsewhere, signUp, submit } from '@/tests/support/browser/walks'
import { passDays } from '@/tests/support/http/closed-accounts'
import { sweptMailTo } from '@/tests/support/mail/swept-mail'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`an account that is to be closed can be kept by signing in, ${name}`, async ({ page, browser, service }) => {
    const person = await joinAndLogIn(page, service)
    const other = await logInElsewhere(browser, person)
    await page.getByRole('link', { name: say('fr', 'account.closeLink') }).click()
    await expect(page).toHaveURL('/fr/account/close')
    await expect(page.locator('main')).toContainText('7 jours')
    await fillClose(page, 'Wr0ng one, surely')
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))

    await close(page, person)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'closeDone.title'))
    for (const tab of [page, other]) {
      await tab.goto('/fr/account')
      await expect(tab).toHaveURL('/fr/login')
    }
    await other.close()
    const [kept] = await query(
      service.databaseUrl,
      `SELECT "closesAt" FROM "Account" WHERE "email" = '${person.email}'`,
    )
    const day = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'Europe/Brussels' })
    const date = day.format(kept?.closesAt as Date)
    const mail = await sweptMailTo(service, person.email, 2)
    expect(mail.subject).toBe('Votre compte Metamots va être fermé')
    expect(mail.text).toContain(date)

    await fillLogIn(page, 'fr', person)
    await expect(page).toHaveURL('/fr/account/keep')
    await expect(page.locator('main')).toContainText(date)
    await page.goto('/fr/account/close')
    await expect(page).toHaveURL('/fr/account/keep')
    await page.getByRole('button', { name: say('fr', 'keepAccount.submit') }).click()
    await expect(page).toHaveURL('/fr/account/keep/done')
    await page.goto('/fr/account/keep')
    await expect(page).toHaveURL('/fr/account')
    await passDays(service, person)
    await page.goto('/fr/account')
    await expect(page.locator('main')).toContainText(person.email)
  })

  test(`after seven days the account is gone, and its address is free, ${name}`, async ({ page, service }) => {
    const person = await joinAndLogIn(page, service)
    await page.goto('/fr/account/close')
    await close(page, person)
    await fillLogIn(page, 'fr', person)
    await expect(page).toHaveURL('/fr/account/keep')
    await sweptMailTo(service, person.email, 2)
    await passDays(service, person)
    await page.goto('/fr/account')
    await expect(page).toHaveURL('/fr/login')
    await fillLogIn(page, 'fr', person)
    await expect(page.locator('main').getByRole('alert')).toContainText(say('fr', 'formCodes.invalid_credentials'))
    await signUp(page, 'fr', person)
    expect((await sweptMailTo(service, person.email, 3)).subject).toBe('Confirmez votre adresse email pour Metamots')
  })
})

async function close(page: Page, { password }: Person): Promise<void> {
  await fillClose(page, password)
  await expect(page).toHaveURL('/fr/account/close/done')
}

async function fillClose(page: Page, password: string): Promise<void> {
  await page.locator('[name=currentPassword]').fill(password)
  await submit(page)
}
