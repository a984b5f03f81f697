import { expect, type Page, type Request } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { confirm, fillLogIn, logIn, redeemReset } from '@/tests/support/browser/walks'
import { mailedLinks } from '@/tests/support/mail/mailed-links'
import { newPassword } from '@/tests/support/person'

test('a reset link’s token stays out of every address, referrer and store of the browser', async ({
  page,
  service,
}) => {
  const { person, link } = await mailedLinks['reset-password'](service)
  const token = link.split('/').at(-1) ?? ''
  const requests: Request[] = []
  page.on('request', (request) => requests.push(request))
  await page.goto(link)
  await expect(page).toHaveURL('/fr/reset-password')
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
