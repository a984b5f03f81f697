import { expect } from '@playwright/test'
import { linkIn, mailsTo, mailTo, submit, test } from '@/tests/e2e/fixtures'
import { withAndWithoutScripts } from '@/tests/e2e/modes'
import { joinRaw } from '@/tests/e2e/raw-walks'
import { fillIdentity, logIn } from '@/tests/e2e/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const done = 'Votre mot de passe est modifié'
const used = 'Ce lien a déjà servi à modifier le mot de passe'
const button = 'main form button[type=submit]'

withAndWithoutScripts('fr', ({ name, scripts }) => {
  test(`a double click, and another after going back, bring one mail and change one password, ${name}`, async ({
    page,
    service,
  }) => {
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
    await page.locator('[name=newPassword]').fill('Un-n0uveau secret')
    await page.locator(button).dblclick()
    await expect(page).toHaveURL(/\/fr\/reset-password(\/done)?$/)
    // Without scripts the second click is a submission of its own, which says truly that the link has been used.
    await expect(page.locator('main')).toContainText(scripts ? done : new RegExp(`${done}|${used}`))
    await mailTo(resend, person.email, 3)

    await expect.poll(() => query(databaseUrl, undelivered)).toEqual([])
    expect(mailsTo(resend, person.email)).toHaveLength(3)
    await logIn(page, 'fr', person, 'Un-n0uveau secret')
  })

  test(`a double click on sign-up makes one account, which the newest mail opens, ${name}`, async ({
    page,
    service,
  }) => {
    const person = newPerson()
    await page.goto('/fr/signup')
    await fillIdentity(page, person)
    await page.locator('[name=password]').fill(person.password)
    await page.locator(button).dblclick()
    await expect(page).toHaveURL('/fr/signup/sent')
    await expect.poll(() => query(service.databaseUrl, undelivered)).toEqual([])
    const mails = mailsTo(service.resend, person.email)
    if (scripts) expect(mails).toHaveLength(1)
    await page.goto(linkIn(mails.at(-1) ?? { text: '' }, 'verify-email'))
    await submit(page)
    await expect(page).toHaveURL('/fr/verify-email/done')
    await logIn(page, 'fr', person)
  })
})

const undelivered = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`
