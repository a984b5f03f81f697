import { expect, type Page, type Request } from '@playwright/test'
import { linkIn, submit, sweptMailTo, test } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { identityOf, joinRaw, signUpRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { fillLogIn, logIn, redeemReset } from '@/tests/e2e/walks'
import type { Person } from '@/tests/support/person'

const newPassword = 'Un-n0uveau secret'

test('a reset link’s token stays out of every address, referrer and store of the browser', async ({
  page,
  service,
}) => {
  const person = await joinRaw(service)
  const link = await mailedReset(service, person)
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
  const person = await joinRaw(service)
  const link = await mailedReset(service, person)
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
  const person = await signUpRaw(service)
  const link = linkIn(await sweptMailTo(service, person.email), 'verify-email')
  const second = await page.context().newPage()
  for (const tab of [page, second]) await tab.goto(link)
  await submit(page)
  await expect(page).toHaveURL('/fr/verify-email/done')
  await submit(second)
  await expect(second.locator('h1')).toHaveText('Adresse déjà confirmée')
  await page.goBack()
  await expect(page.locator('h1')).toHaveText('Adresse déjà confirmée')
  await page.goForward()
  await expect(page.locator('h1')).toHaveText('Adresse confirmée')
  await logIn(page, 'fr', person)
})

async function mailedReset(service: Service, person: Person): Promise<string> {
  await submitRaw(service, await readForm(service.url, '/fr/forgot-password'), identityOf(person))
  return linkIn(await sweptMailTo(service, person.email, 2), 'reset-password')
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
