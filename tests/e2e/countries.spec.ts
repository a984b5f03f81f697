import { expect, type Page } from '@playwright/test'
import { countries, countryNames } from '@/lib/i18n/countries'
import { test } from '@/tests/support/browser/test'
import { askForReset, joinAndLogIn, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'

test('going back to a form finds every country in it, and the one that was chosen', async ({ page }) => {
  const person = newPerson()
  await askForReset(page, 'fr', person)
  await page.goBack()
  await expect(page).toHaveURL('/fr/forgot-password')
  await expectEvery(page)
})

test('a form that a sign-in leads to has every country, though its document was about another page', async ({
  page,
  service,
}) => {
  const person = await joinAndLogIn(page, service)
  await page.context().clearCookies({ name: 'session' })
  await page.goto('/fr/account/details')
  await expect(page).toHaveURL(/\/fr\/login\?/)
  await page.locator('[name=identifier]').fill(person.email)
  await page.locator('[name=password]').fill(person.password)
  await submit(page)
  await expect(page).toHaveURL('/fr/account/details')
  await expectEvery(page)
  await expect(page.locator('[name=country]')).toHaveValue(person.country)
})

test('a document brings the name of each country once', async ({ service }) => {
  for (const path of ['signup', 'forgot-password']) {
    const text = await (await fetch(`${service.url}/ar/${path}`)).text()
    const names = countryNames('ar')
    expect(countries.filter((code) => text.split(`>${names[code]}<`).length !== 2)).toEqual([])
    expect(text.split('هونغ كونغ')).toHaveLength(2)
  }
})

async function expectEvery(page: Page): Promise<void> {
  const names = page.locator('[name=country] option:not([value=""])')
  await expect(names).toHaveCount(countries.length)
  expect(await names.allTextContents()).toEqual(Object.values(countryNames('fr')))
}
