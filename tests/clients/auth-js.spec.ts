import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test as base } from '@/tests/support/browser/test'
import { startAuthJs } from '@/tests/support/clients/auth-js'
import { resetElsewhere, signIn } from '@/tests/support/clients/sign-in'
import { joinRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { findPort } from '@/tests/support/port'

type Shop = { url: string; service: Service }

const test = base.extend<{ shop: Shop }>({
  shop: async ({ another }, use) => {
    const port = await findPort()
    const url = `http://127.0.0.1:${port}`
    const entry = {
      id: 'shop',
      name: 'Shop',
      secret: randomBytes(32).toString('base64url'),
      redirect_uris: [`${url}/auth/callback/metamots`],
      post_logout_redirect_uris: [`${url}/`],
      backchannel_logout_uri: `${url}/logged-out`,
    }
    const service = await another({ APPS: JSON.stringify([entry]) })
    const stop = await startAuthJs(port, service.url, entry.secret)
    await use({ url, service })
    await stop()
  },
})

test('somebody signs in to an application with Auth.js, and within three seconds of a reset is signed in there no more', async ({
  page,
  shop,
}) => {
  const { url, service } = shop
  const person = await enter(page, shop)
  await expect(page).toHaveURL(`${url}/`)
  await expect(page.locator('body')).toContainText(`Signed in as ${person.firstName} ${person.lastName}`)
  const { user } = await (await page.request.get(`${url}/auth/session`)).json()
  expect(user).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), email: person.email })
  const [cookie = ''] = (await page.context().cookies(url))
    .filter(({ name }) => name === 'authjs.session-token')
    .map(({ value }) => value)

  await resetElsewhere(service, person, 3)
  const asked = () => page.request.get(url).then((answer) => answer.text())
  await expect.poll(asked, { timeout: 3_000, intervals: [50] }).toContain('Nobody is signed in')
  // Whoever kept the cookie gains nothing by it.
  const again = await fetch(url, { headers: { cookie: `authjs.session-token=${cookie}` } })
  expect(await again.text()).toContain('Nobody is signed in')
})

test('an application with Auth.js signs somebody out of itself and of the service, without a question', async ({
  page,
  shop,
}) => {
  const { url, service } = shop
  await enter(page, shop)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(`${url}/`)
  await expect(page.locator('body')).toContainText('Nobody is signed in')
  await page.goto(`${service.url}/fr/account`)
  await expect(page).toHaveURL(/\/fr\/login/)
})

test('an application with Auth.js takes no word of an end that is not the service’s', async ({ shop: { url } }) => {
  for (const body of ['', 'logout_token=', 'logout_token=a.b.c', `logout_token=${unsigned()}`]) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await fetch(`${url}/logged-out`, { method: 'POST', headers, body })).status).toBe(400)
  }
})

/** Has somebody new sign in to the application. */
async function enter(page: Page, { url, service }: Shop): Promise<Person> {
  const person = await joinRaw(service)
  await page.goto(`${url}/auth/signin`)
  await page.getByRole('button').click()
  await signIn(page, person)
  return person
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  return `${part({ alg: 'none', typ: 'logout+jwt' })}.${part({ aud: 'shop', sid: 'a', jti: 'b', iat: 1, exp: 9e9, events })}.`
}
