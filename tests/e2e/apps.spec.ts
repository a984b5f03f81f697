import { expect, type Page } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import type { ClientApp } from '@/tests/support/apps/client-app'
import { threeAppsTest as test } from '@/tests/support/apps/door-test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { askForReset, confirm, redeemReset, signUp, submit } from '@/tests/support/browser/walks'
import { signIn } from '@/tests/support/clients/sign-in'
import { openLink } from '@/tests/support/http/forms'
import { askForResetRaw, joinRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`whoever comes from an application signs in, and is signed in there, ${name}`, async ({
    page,
    door,
    apps: [shop],
  }) => {
    const person = await joinRaw(door)
    await page.goto(await shop.signInUrl({ ui_locales: 'fr' }))
    await expect(page.locator('main')).toContainText(say('fr', 'login.forApp', { app: 'Shop' }))
    await signIn(page, person)
    await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)
    const [sid = ''] = shop.sessions.keys()
    expect(await shop.userinfo(sid)).toMatchObject({ email: person.email, email_verified: true })
  })
})

test('within two seconds of a reset every application has ended the sessions of that account', async ({
  page,
  door,
  apps,
}) => {
  const took: number[] = []
  // A machine that stalls says nothing of us.
  while (took.length < 3 && !took.some((time) => time < 2_000)) took.push(await timeOfReset(page, door, apps))
  console.log(`told after ${took.map(Math.round).join(', ')} ms`)
  expect(Math.min(...took)).toBeLessThan(2_000)
})

withAndWithoutScripts('fr', ({ name }) => {
  test(`an application signs somebody out here and everywhere, at once with proof and else after asking, ${name}`, async ({
    page,
    door,
    apps,
  }) => {
    const [shop, wiki] = apps
    const person = await joinRaw(door)
    for (const isProved of [true, false]) {
      for (const app of [shop, wiki]) {
        await page.goto(await app.signInUrl({ ui_locales: 'fr' }))
        if (app === shop) await signIn(page, person)
        await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)
      }
      await page.goto(shop.signOutUrl(isProved))
      if (!isProved) {
        await expect(page.locator('main')).toContainText(say('fr', 'logOut.text', { app: 'Shop' }))
        await submit(page)
      }
      await expect(page).toHaveURL(`${shop.url}/bye?state=left`)
      await expect.poll(() => [shop.sessions.size, wiki.sessions.size]).toEqual([0, 0])
      await page.goto(`${door.url}/fr/account`)
      await expect(page).toHaveURL(/\/fr\/login/)
    }
  })
})

withAndWithoutScripts('fr', ({ name }) => {
  test(`whoever makes an account or a new password on the way to an application gets back to it, ${name}`, async ({
    page,
    door,
    apps: [shop],
  }) => {
    test.slow()
    const person = newPerson()
    const goOn = () => page.getByRole('link', { name: say('fr', 'goOn.goOn', { app: 'Shop' }) }).click()
    await page.goto(await shop.signInUrl({ ui_locales: 'fr' }))
    await signUp(page, 'fr', person)
    await page.goto(linkIn(await sweptMailTo(door, person.email), 'verify-email'))
    await confirm(page, person)
    await goOn()
    await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)

    await page.context().clearCookies()
    await page.goto(await shop.signInUrl({ ui_locales: 'fr' }))
    await askForReset(page, 'fr', person)
    await page.goto(linkIn(await sweptMailTo(door, person.email, 2), 'reset-password'))
    await redeemReset(page, person, newPassword)
    await goOn()
    await signIn(page, { ...person, password: newPassword })
    await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)
  })
})

test('an application signs out whose session is over already, and its way back is not lost', async ({
  page,
  door,
  apps: [shop],
}) => {
  const person = await joinRaw(door)
  await page.goto(await shop.signInUrl({ login_hint: 'somebody' }))
  await expect(page.locator('[name=identifier]')).toHaveValue('somebody')
  await signIn(page, person)
  await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)
  const signOutUrl = shop.signOutUrl(true)
  await query(door.databaseUrl, 'DELETE FROM "Session"')
  await page.goto(signOutUrl)
  await expect(page).toHaveURL(`${shop.url}/bye?state=left`)
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('session')
})

test('no address of ours holds an id token', async ({ page, door, apps: [shop, wiki] }) => {
  const [person, other] = [await joinRaw(door), await joinRaw(door)]
  for (const [app, who] of [
    [shop, person],
    [wiki, other],
  ] as const) {
    await page.context().clearCookies()
    await page.goto(await app.signInUrl())
    await signIn(page, who)
    await expect(page.locator('body')).toHaveText(`signed in as ${who.email}`)
  }
  const [idToken] = [...shop.sessions.values()].map(({ idToken }) => idToken)
  await page.goto(shop.signOutUrl(true))
  await expect(page).toHaveURL(/\/log-out\?/)
  expect(page.url()).not.toContain(idToken)
  await page.goto(await shop.signInUrl({ id_token_hint: idToken ?? '', prompt: 'login' }))
  await expect(page).toHaveURL(/\/login\?/)
  expect(page.url()).not.toContain(idToken)
})

test('no request for an end leads to a place that is not the application’s', async ({ door, apps: [shop] }) => {
  for (const uri of [
    'https://evil.example/',
    `${shop.url}/callback`,
    `${shop.url}/bye/../callback`,
    '//evil.example',
  ]) {
    const query = new URLSearchParams({ client_id: shop.id, post_logout_redirect_uri: uri })
    const answer = await fetch(`${door.url}/oidc/end-session?${query}`, { redirect: 'manual' })
    expect(answer.headers.get('location'), uri).toBe('/login?signed-out=here')
  }
})

test('whoever sets up an application finds in the log why it is refused, and nothing that it sent', async ({
  door,
  apps: [shop],
}) => {
  const asking = async (changes: Record<string, string>) => {
    const url = new URL(await shop.signInUrl())
    for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value)
    await fetch(url, { redirect: 'manual' })
  }
  const before = door.app.log().length
  await asking({ redirect_uri: `${shop.url}/callback/` })
  await asking({ client_id: 'somebody@example.com' })
  await asking({ code_challenge_method: 'plain' })
  await asking({ prompt: 'none' })
  await fetch(`${door.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: shop.id,
      client_secret: 'not the secret',
      grant_type: 'authorization_code',
    }),
  })
  const lines = () =>
    door.app
      .log()
      .slice(before)
      .split('\n')
      .filter((line) => line.includes('"app_refused"'))
  await expect.poll(() => lines().length).toBe(4)
  expect(lines().map((line) => JSON.parse(line))).toMatchObject([
    { app: 'shop', error: 'invalid_redirect_uri', reason: expect.stringContaining('redirect_uri') },
    { app: null, error: 'invalid_client' },
    { app: 'shop', error: 'invalid_request', reason: expect.stringContaining('code_challenge_method') },
    { app: 'shop', error: 'invalid_client' },
  ])
  expect(door.app.log().slice(before)).not.toMatch(/somebody|not the secret|callback/)
})

test('where no application is named, nothing of the door is there', async ({ service }) => {
  for (const path of [
    '/.well-known/openid-configuration',
    '/oidc/auth?client_id=shop',
    '/oidc/jwks',
    '/oidc/end-session',
    '/api/session',
    '/fr/log-out',
    '/fr/go-on',
    '/fr/app-problem',
  ])
    expect((await fetch(service.url + path, { redirect: 'manual' })).status, path).toBe(404)
  expect(
    (await fetch(`${service.url}/oidc/token`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })).status,
  ).toBe(404)
})

/** Somebody enters every application and resets the password: how many milliseconds it takes from that until each has let go of them. */
async function timeOfReset(page: Page, door: Service, apps: ClientApp[]): Promise<number> {
  const person = await joinRaw(door)
  await page.context().clearCookies()
  for (const [place, app] of apps.entries()) {
    await page.goto(await app.signInUrl({ ui_locales: 'fr' }))
    if (place === 0) await signIn(page, person)
    await expect(page.locator('body')).toHaveText(`signed in as ${person.email}`)
  }
  const tokens = apps.map(({ sessions }) => [...sessions.values()][0]?.accessToken)
  await askForResetRaw(door, person)
  const open = await openLink(door, linkIn(await sweptMailTo(door, person.email, 3), 'reset-password'))
  const from = performance.now()
  expect(succeeded(await sendReset(door, open, person, newPassword))).toBe(true)
  await expect.poll(() => apps.map(({ sessions }) => sessions.size), { intervals: [20] }).toEqual([0, 0, 0])
  const took = performance.now() - from
  for (const token of tokens) {
    const answer = await fetch(`${door.url}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(401)
  }
  return took
}
