import { expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { confirmNewEmail, fillLogIn, logIn, redeemReset, submit } from '@/tests/support/browser/walks'
import { askForEmailRaw, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { say } from '@/tests/support/words'

const stolen = 'An0ther’s choice'
withAndWithoutScripts('fr', ({ name }) => {
  test(`whoever did not change the password takes the account back by the notice, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const owner = await joinRaw(service)
    const thief = await browser.newPage()
    const link = await steal(thief, service, owner)

    await page.goto(link)
    await expect(page).toHaveURL(/\/fr\/not-me\?link=[\w-]{22}$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'notMe.title'))
    await expect(page.locator('main').getByRole('listitem')).toHaveText(
      ['signOut', 'password', 'details', 'mail'].map((effect) => say('fr', `notMe.${effect}`)),
    )
    await thief.goto('/fr/account')
    await expect(thief).toHaveURL('/fr/account')
    await submit(page)
    await expect(page).toHaveURL('/fr/not-me/done')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'notMeDone.title'))

    await thief.reload()
    await expect(thief).toHaveURL('/fr/login')
    await fillLogIn(thief, 'fr', owner, stolen)
    await expect(thief.locator('main').getByRole('alert')).toBeVisible()
    await page.goBack()
    await expect(page.locator('main')).toContainText(say('fr', 'notMeProblem.used'))

    await page.goto(linkIn(await sweptMailTo(service, owner.email, 3), 'reset-password'))
    await redeemReset(page, owner, newPassword)
    await expect(page).toHaveURL('/fr/reset-password/done')
    await logIn(page, 'fr', owner, newPassword)
    await thief.close()
  })
})

withAndWithoutScripts('fr', ({ name }) => {
  test(`the former address blocks the account, and the present one ends that by the password, ${name}`, async ({
    page,
    service,
  }) => {
    const owner = await joinRaw(service)
    const { email } = newPerson()
    await askForEmailRaw(service, owner, email)
    await page.goto(linkIn(await sweptMailTo(service, email), 'new-email'))
    await confirmNewEmail(page, owner)
    await expect(page).toHaveURL('/fr/new-email/done')

    await page.goto(linkIn(await sweptMailTo(service, owner.email, 2), 'not-me'))
    await page.locator('[name=password]').fill('Wr0ng one, surely')
    await submit(page)
    await expect(page.locator('main').getByRole('alert')).toContainText('5 essais')
    await page.getByRole('button', { name: say('fr', 'notMe.block') }).click()
    await expect(page).toHaveURL(/\/fr\/not-me\/blocked\?link=[\w-]{22}$/)
    await expect(page.locator('main')).toContainText(say('fr', 'notMeBlocked.again'))
    await fillLogIn(page, 'fr', { ...owner, email })
    await expect(page.locator('main').getByRole('alert')).toBeVisible()

    await page.goto(linkIn(await sweptMailTo(service, email, 2), 'not-me'))
    await expect(page.locator('main')).toContainText(say('fr', 'notMe.blocked'))
    await page.locator('[name=password]').fill(owner.password)
    await submit(page)
    await expect(page).toHaveURL('/fr/not-me/lifted')
    await logIn(page, 'fr', { ...owner, email })
  })
})

/** Somebody else signs in and changes the password; the link of the notice that its owner gets. */
async function steal(thief: Page, service: Service, owner: Person): Promise<string> {
  await logIn(thief, 'fr', owner)
  await thief.goto('/fr/account/change-password')
  await thief.locator('[name=currentPassword]').fill(owner.password)
  await thief.locator('[name=newPassword]').fill(stolen)
  await submit(thief)
  await expect(thief).toHaveURL('/fr/account/change-password/done')
  return linkIn(await sweptMailTo(service, owner.email, 2), 'not-me')
}
