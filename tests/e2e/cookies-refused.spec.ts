import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { linkPages, mailedLinks } from '@/tests/support/mail/mailed-links'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`whoever signs in with a browser that keeps no cookies is told so, and no session is begun, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinRaw(service)
    await page.goto('/fr/login')
    await page.locator('[name=identifier]').fill(person.email)
    await page.locator('[name=password]').fill(person.password)
    await page.context().clearCookies()
    await submit(page)
    await expect(page.locator('main').getByRole('alert')).toContainText(say('fr', 'formCodes.cookies_refused'))
    await expect(page.locator('[name=identifier]')).toHaveValue(person.email)
    const sessions = `SELECT 1 FROM "Session" JOIN "Account" a ON a."id" = "accountId" WHERE a."email" = '${person.email}'`
    expect(await query(service.databaseUrl, sessions)).toEqual([])

    await page.locator('[name=password]').fill(person.password)
    await submit(page)
    await expect(page).toHaveURL('/fr/account')
  })
})

for (const path of linkPages)
  test(`the page of a ${path} link tells cookies that are refused from another browser`, async ({ service }) => {
    const { link } = await mailedLinks[path](service)
    const refusing = await fetch(link)
    expect(await refusing.text()).toContain(say('fr', 'unopenedLink.no_cookie'))
    const elsewhere = await fetch(`${service.url}/fr/${path}`)
    expect(await elsewhere.text()).not.toContain(say('fr', 'unopenedLink.no_cookie'))
  })
