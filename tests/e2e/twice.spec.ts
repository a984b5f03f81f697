import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { confirm, fillIdentity, logIn } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

const done = 'Votre mot de passe est modifié'
const used = 'Ce lien a déjà servi à modifier le mot de passe'
const button = 'main form button[type=submit]'

withAndWithoutScripts('fr', ({ name, scripts }) => {
  test(`a double click, and another after going back, bring one mail and change one password, ${name}`, async ({
    page,
    service,
  }) => {
    test.setTimeout(180_000)
    const { resend, databaseUrl } = service
    const person = await joinRaw(service)

    await page.goto('/fr/forgot-password')
    await fillIdentity(page, person)
    await page.locator(button).dblclick()
    await expect(page).toHaveURL('/fr/forgot-password/sent')
    await page.goBack()
    await fillIdentity(page, person)
    await page.locator('[name=lastName]').press('Enter')
    await expect(page).toHaveURL('/fr/forgot-password/sent')
    const mail = await mailTo(resend, person.email, 2)

    await page.goto(linkIn(mail, 'reset-password'))
    await fillIdentity(page, person)
    await page.locator('[name=newPassword]').fill(newPassword)
    await page.locator(button).dblclick()
    await expect(page).toHaveURL(/\/fr\/reset-password(\/done)?$/)
    // Without scripts the second click is a submission of its own, which says truly that the link has been used.
    await expect(page.locator('main')).toContainText(scripts ? done : new RegExp(`${done}|${used}`))
    await mailTo(resend, person.email, 3)

    // What was asked for within the minute waits until that is over, and then comes to nothing: the password was changed.
    await expect.poll(() => query(databaseUrl, undelivered), { timeout: 90_000 }).toEqual([])
    expect(mailsTo(resend, person.email)).toHaveLength(3)
    await logIn(page, 'fr', person, newPassword)
  })

  test(`a double click on sign-up makes one account, which the mail opens, ${name}`, async ({ page, service }) => {
    const person = newPerson()
    await page.goto('/fr/signup')
    await fillIdentity(page, person)
    await page.locator('[name=password]').fill(person.password)
    await page.locator(button).dblclick()
    await expect(page).toHaveURL('/fr/signup/sent')
    await expect.poll(() => query(service.databaseUrl, `${undelivered} AND "kind" = 'sign_up'`)).toEqual([])
    const mails = mailsTo(service.resend, person.email)
    if (scripts) expect(mails).toHaveLength(1)
    await page.goto(linkIn(mails.at(-1) ?? { text: '' }, 'verify-email'))
    await confirm(page, person)
    await expect(page).toHaveURL('/fr/verify-email/done')
    await page.goto('/fr/account')
    await expect(page.locator('main')).toContainText(person.email)
  })
})

const undelivered = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`
