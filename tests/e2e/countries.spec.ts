import { expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { askForReset, hydrated, joinAndLogIn, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'

test('going back to a form finds every country in it', async ({ page, service }) => {
  await askForReset(page, 'fr', newPerson())
  await page.goBack()
  await expect(page).toHaveURL('/fr/forgot-password')
  await expectEvery(page, service)
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
  await expectEvery(page, service)
  await expect(page.locator('[name=country]')).toHaveValue(person.country)
})

test('a page whose list somebody took out of it does not load itself again and again', async ({
  page,
  console: complaints,
}) => {
  let documents = 0
  await page.route('**/fr/forgot-password', async (route) => {
    documents += 1
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace('id="country"', 'id="other"') })
  })
  await page.goto('/fr/forgot-password')
  await hydrated(page)
  await page.waitForTimeout(1_000)
  expect(documents).toBe(1)
  // React sees that the page is another than the server drew.
  expect(complaints.splice(0).filter((line) => !line.includes('#418'))).toEqual([])
})

test('a document brings the name of each country once', async ({ service }) => {
  for (const path of ['signup', 'forgot-password']) {
    const text = await documentOf(service, `ar/${path}`)
    const names = namesIn(text)
    expect(names.length).toBeGreaterThan(240)
    // Some are the beginning of others: the longest are not.
    const longest = names.filter((name) => names.filter((other) => other.includes(name)).length === 1)
    expect(longest.filter((name) => text.split(name).length !== 2)).toEqual([])
  }
})

async function expectEvery(page: Page, service: Service): Promise<void> {
  const names = namesIn(await documentOf(service, 'fr/signup'))
  await expect(page.locator('[name=country] option:not([value=""])')).toHaveText(names)
}

async function documentOf(service: Service, path: string): Promise<string> {
  return (await fetch(`${service.url}/${path}`)).text()
}

function namesIn(text: string): string[] {
  const list = text.match(/<select[^>]* id="country".*?<\/select>/s)?.[0] ?? ''
  const names = [...list.matchAll(/<option value="[A-Z]{2}">([^<]+)</g)].map(([, name = '']) => name)
  return names.map((name) => name.replaceAll('&#x27;', "'").replaceAll('&amp;', '&'))
}
