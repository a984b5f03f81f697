import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { expectSignedOut, sessionIn, setSession } from '@/tests/support/browser/session-cookie'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn, logIn, logInElsewhere, submit } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

const more = [
  '/change-email',
  '/change-email/sent',
  '/close',
  '/details',
  '/rehearsal',
  '/keep',
  '/keep/done',
  '/end-session/done',
  '/export/later',
  '/export',
  '/username',
  '/username/done',
]

withAndWithoutScripts('fr', ({ name }) => {
  test(`signing out ends this browser’s session, and everywhere every browser’s, ${name}`, async ({
    page,
    browser,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    const other = await logInElsewhere(browser, person)

    const left = await sessionIn(page)
    await page.getByRole('button', { name: say('fr', 'account.logOut'), exact: true }).click()
    await expect(page).toHaveURL('/fr/login?signed-out=here')
    await expect(page.locator('main')).toContainText(say('fr', 'login.signedOut'))
    await expectSignedOut(page)
    await setSession(page, left)
    await expectSignedOut(page)
    await other.goto('/fr/account')
    await expect(other).toHaveURL('/fr/account')

    await logIn(page, 'fr', person)
    await page.getByRole('button', { name: say('fr', 'account.logOutEverywhere') }).click()
    await expect(page).toHaveURL('/fr/login?signed-out=everywhere')
    await expect(page.locator('main')).toContainText(say('fr', 'login.signedOutEverywhere'))
    await expectSignedOut(other)
    await other.close()
  })

  test(`after signing out no step back shows the account, and nothing of it is kept, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    await page.locator('main a[href="/fr/account/change-email"]').click()
    await page.locator('main a[href="/fr/account"]').click()
    await expect(page.locator('main')).toContainText(person.email)
    await page.getByRole('button', { name: say('fr', 'account.logOut'), exact: true }).click()
    await expect(page).toHaveURL('/fr/login?signed-out=here')
    await expect(page.locator('main')).toContainText(say('fr', 'login.signedOut'))
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack()
      await expect(page).toHaveURL(/\/fr\/login(\?next=change-email)?$/)
      expect(await page.content()).not.toContain(person.email)
    }
    expect(await page.evaluate(keptByBrowser)).toEqual([0, 0, 0, 0])
  })

  test(`the language chosen on the account page holds for its pages and is kept, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    await page.locator('[name=locale]').selectOption('en')
    await page.getByRole('button', { name: say('fr', 'account.saveLanguage') }).click()
    await expect(page).toHaveURL('/en/account')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    const kept = `SELECT "locale" FROM "Account" WHERE "email" = '${person.email}'`
    expect(await query(service.databaseUrl, kept)).toEqual([{ locale: 'en' }])
  })
})

test('pages of an account lead to the sign-in page when nobody is signed in', async ({ request }) => {
  for (const locale of ['fr', 'en'])
    for (const path of ['', '/change-password', '/change-password/done', ...more]) {
      const answer = await request.get(`/${locale}/account${path}`, { maxRedirects: 0 })
      const next = /^\/(change-email|change-password|username|details|rehearsal|close|keep)$/.exec(path)
      const login = `/${locale}/login${next ? `?next=${next[1]}` : ''}`
      expect([answer.status(), answer.headers().location], path).toEqual([307, login])
    }
})

test('a session that was planted is never adopted, and the one a browser brings ends when it signs in', async ({
  page,
  browser,
  service,
}) => {
  const person = await joinRaw(service)
  const planted = 'p'.repeat(43)
  await setSession(page, planted)
  await logIn(page, 'fr', person)
  const first = await sessionIn(page)
  expect(first).toMatch(/^(?!p{43})[\w-]{43}$/)

  const other = await browser.newPage()
  await other.goto('/fr/login')
  await other.locator('[name=identifier]').fill(person.email)
  await other.locator('[name=password]').fill(person.password)
  await setSession(other, first)
  await submit(other)
  await expect(other).toHaveURL('/fr/account')
  expect(await sessionIn(other)).not.toBe(first)
  await expectSignedOut(page)
  await setSession(page, planted)
  await expectSignedOut(page)
  await other.close()
})

/** How much is in each of the stores that scripts of a page have. */
async function keptByBrowser(): Promise<number[]> {
  const [stores, databases] = await Promise.all([caches.keys(), indexedDB.databases()])
  return [localStorage.length, sessionStorage.length, stores.length, databases.length]
}
