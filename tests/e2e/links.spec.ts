import { expect, type Page, type Request } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { confirm, fillLogIn, logIn, redeemReset } from '@/tests/support/browser/walks'
import { cookiesOf, openLink, sendOpen } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { linkPages, mailedLinks } from '@/tests/support/mail/mailed-links'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

test('a reset link’s token stays out of every address, referrer and store of the browser', async ({
  page,
  service,
}) => {
  const { person, link } = await mailedLinks['reset-password'](service)
  const token = link.split('/').at(-1) ?? ''
  const requests: Request[] = []
  page.on('request', (request) => requests.push(request))
  await page.goto(link)
  await expect(page).toHaveURL(/\/fr\/reset-password\?link=[\w-]{22}$/)
  await redeemReset(page, { ...person, lastName: 'Jonc' }, newPassword)
  await expect(page.locator('main').getByRole('alert')).toBeVisible()
  expect(await keptBy(page)).not.toContain(token)
  await redeemReset(page, person, newPassword)
  await expect(page).toHaveURL('/fr/reset-password/done')
  await page.getByRole('main').getByRole('link').first().click()
  await expect(page).toHaveURL('/fr/login')
  expect(await keptBy(page)).not.toContain(token)

  const [click, ...later] = requests
  expect(click?.url()).toBe(link)
  expect(later.length).toBeGreaterThan(5)
  expect(new Set(requests.map((request) => new URL(request.url()).origin))).toEqual(new Set([service.url]))
  for (const request of later) {
    const { cookie: _, ...headers } = await request.allHeaders()
    expect(`${request.url()} ${JSON.stringify(headers)} ${request.postData()}`).not.toContain(token)
    expect([undefined, `${service.url}/`]).toContain(headers.referer)
  }
})

test('of two tabs with one link the first changes the password, and the second and every step back say that it is used', async ({
  page,
  service,
}) => {
  const { person, link } = await mailedLinks['reset-password'](service)
  const second = await page.context().newPage()
  for (const tab of [page, second]) await tab.goto(link)
  await redeemReset(page, person, newPassword)
  await expect(page).toHaveURL('/fr/reset-password/done')

  await redeemReset(second, person, 'Un-autre s3cret')
  await expect(second.locator('main')).toContainText('Ce lien a déjà servi')
  await page.goBack()
  await expect(page.locator('main')).toContainText('Ce lien a déjà servi')
  await page.goForward()
  await expect(page.locator('h1')).toHaveText('Changement de mot de passe effectué')
  await page.goto(link)
  await expect(page.locator('main')).toContainText('Ce lien a déjà servi')

  await fillLogIn(second, 'fr', person, 'Un-autre s3cret')
  await expect(second.locator('main').getByRole('alert')).toBeVisible()
  await logIn(page, 'fr', person, newPassword)
})

test('of two tabs with one confirmation link both end well', async ({ page, service }) => {
  const { person, link } = await mailedLinks['verify-email'](service)
  const second = await page.context().newPage()
  for (const tab of [page, second]) await tab.goto(link)
  await confirm(page, person)
  await expect(page).toHaveURL('/fr/verify-email/done')
  await confirm(second, person)
  await expect(second.locator('h1')).toHaveText('Adresse déjà confirmée')
  await page.goBack()
  await expect(page.locator('h1')).toHaveText('Adresse déjà confirmée')
  await page.goForward()
  await expect(page.locator('h1')).toHaveText('Adresse confirmée')
  await page.getByRole('link', { name: 'Aller à mon compte' }).click()
  await expect(page.locator('main')).toContainText(person.email)
})

withAndWithoutScripts('fr', ({ name }) => {
  test(`the links of two people in one browser serve each its own, ${name}`, async ({ page, service }) => {
    const [a, b] = [await mailedLinks['reset-password'](service), await mailedLinks['reset-password'](service)]
    const second = await page.context().newPage()
    await page.goto(a.link)
    await second.goto(b.link)
    await page.reload()
    await redeemReset(page, { ...a.person, lastName: 'Jonc' }, newPassword)
    await expect(page.locator('main').getByRole('alert')).toContainText('5 essais')
    await second.reload()
    await redeemReset(page, a.person, newPassword)
    await expect(page).toHaveURL('/fr/reset-password/done')
    await second.goto(second.url().replace('/fr/', '/en/'))
    const attempts = `SELECT "attempts" FROM "Token" WHERE "purpose" = 'password_reset' AND "sentTo" = '${b.person.email}'`
    expect(await query(service.databaseUrl, attempts)).toEqual([{ attempts: 0 }])
    await redeemReset(second, b.person, newPassword)
    await expect(second).toHaveURL('/en/reset-password/done')
    for (const { person } of [a, b]) {
      await logIn(page, 'fr', person, newPassword)
      await page.context().clearCookies()
    }
  })
})

for (const path of linkPages)
  test(`what the page of a ${path} link sends is not counted for another link, and that is said`, async ({
    service,
  }) => {
    const [a, b] = [await mailedLinks[path](service), await mailedLinks[path](service)]
    const [opened, other] = [await openLink(service, a.link), await openLink(service, b.link)]
    const typed = {
      ...identityOf(a.person),
      password: a.person.password,
      currentPassword: a.person.password,
      newPassword,
    }
    const before = await tokens(service)
    const answer = await sendOpen(service, { ...opened, cookie: other.cookie }, typed)
    const to = answer.headers.get('location') ?? ''
    const page = await fetch(service.url + to, { headers: { cookie: other.cookie } })
    expect(await page.text()).toContain(say('fr', 'unopenedLink.another_link'))
    expect(await tokens(service)).toEqual(before)

    const both = cookiesOf(
      await fetch(service.url + new URL(b.link).pathname, { headers: { cookie: opened.cookie }, redirect: 'manual' }),
    )
    const bare = await fetch(`${service.url}/fr/${path}`, { headers: { cookie: both } })
    expect(await bare.text()).toContain(say('fr', 'unopenedLink.another_link'))
  })

test('a browser keeps the last four links that it followed', async ({ service }) => {
  let cookie = ''
  for (const letter of 'ABCDEA') {
    const link = `${service.url}/fr/not-me/${letter.repeat(43)}`
    const answer = await fetch(link, { headers: { cookie }, redirect: 'manual' })
    cookie = cookiesOf(answer)
  }
  expect(
    /not-me=([^;]*)/
      .exec(cookie)?.[1]
      ?.split('.')
      .map(([letter]) => letter),
  ).toEqual(['A', 'E', 'D', 'C'])
})

function tokens({ databaseUrl }: Service): Promise<Record<string, unknown>[]> {
  return query(databaseUrl, `SELECT * FROM "Token" ORDER BY "id"`)
}

/** All that a page or its scripts could read again later. */
function keptBy(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([
      location.href,
      document.referrer,
      document.cookie,
      document.documentElement.outerHTML,
      history.state,
      performance.getEntries(),
      { ...localStorage },
      { ...sessionStorage },
    ]),
  )
}
