import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { fillLogIn, logIn, submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`a user name is chosen, signs in, and is removed again, ${name}`, async ({ page, browser, service }) => {
    const person = await joinRaw(service)
    const [first, second] = [newName(), newName()]
    await logIn(page, 'fr', person)
    await page.getByRole('link', { name: say('fr', 'account.username') }).click()
    await expect(page).toHaveURL('/fr/account/username')
    await expect(page.getByRole('button', { name: say('fr', 'username.remove') })).toHaveCount(0)
    await choose(page, 'Éloïse')
    await expect(page.locator('#username-errors')).toHaveText(say('fr', 'fields.username.invalid'))
    await expect(page.locator('[name=username]')).toHaveValue('Éloïse')
    await choose(page, 'Admin')
    await expect(page.locator('#username-errors')).toHaveText(say('fr', 'fields.username.taken'))
    await choose(page, first)
    await expect(page).toHaveURL('/fr/account/username/done')
    await expect(page.locator('main')).toContainText(first)

    const other = await browser.newPage()
    await fillLogIn(other, 'fr', { ...person, email: first.toUpperCase() })
    await expect(other).toHaveURL('/fr/account')
    await expect(other.locator('#security')).toContainText(first)

    await page.goto('/fr/account/username')
    await expect(page.locator('[name=username]')).toHaveValue(first)
    await choose(page, second)
    await expect(page.locator('main')).toContainText(second)

    await page.goto('/fr/account/username')
    await page.getByRole('button', { name: say('fr', 'username.remove') }).click()
    await expect(page).toHaveURL('/fr/account/username/done')
    await expect(page.locator('main')).toContainText(say('fr', 'usernameDone.removed'))
    await other.context().clearCookies()
    await fillLogIn(other, 'fr', { ...person, email: second })
    await expect(other.locator('main').getByRole('alert')).toBeVisible()
    await other.close()
  })

  test(`a name that somebody has is not to be had, ${name}`, async ({ page, browser, service }) => {
    const [owner, late] = [await joinRaw(service), await joinRaw(service)]
    const wanted = newName()
    for (const [person, tab] of [
      [owner, page],
      [late, await browser.newPage()],
    ] as const) {
      await logIn(tab, 'fr', person)
      await tab.goto('/fr/account/username')
      await choose(tab, wanted)
      if (person === owner) await expect(tab).toHaveURL('/fr/account/username/done')
      else await expect(tab.locator('#username-errors')).toHaveText(say('fr', 'fields.username.taken'))
    }
  })
})

async function choose(page: Page, name: string): Promise<void> {
  await page.locator('[name=username]').fill(name)
  await submit(page)
}

function newName(): string {
  return `c.${randomBytes(6).toString('hex')}`
}
