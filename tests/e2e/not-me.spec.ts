import { expect, type Page } from '@playwright/test'
import { linkIn, submit, sweptMailTo, test } from '@/tests/e2e/fixtures'
import { withAndWithoutScripts } from '@/tests/e2e/modes'
import { joinRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { fillLogIn, logIn, redeemReset } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'
import type { Person } from '@/tests/support/person'

const stolen = 'An0ther’s choice'
const newPassword = 'Un-n0uveau secret'

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
    await expect(page).toHaveURL('/fr/not-me')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'notMe.title'))
    await expect(page.locator('main').getByRole('listitem')).toHaveText(
      ['signOut', 'password', 'address', 'mail'].map((effect) => say('fr', `notMe.${effect}`)),
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
