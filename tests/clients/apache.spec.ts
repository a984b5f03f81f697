import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test as base } from '@/tests/support/browser/test'
import { prepareApache } from '@/tests/support/clients/apache'
import { resetElsewhere, signIn } from '@/tests/support/clients/sign-in'
import { type Asked, startUpstream, type Upstream } from '@/tests/support/clients/upstream'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { findPort } from '@/tests/support/port'

/** An application behind Apache, and the service that it signs in by. */
type Wiki = { url: string; service: Service; upstream: Upstream }

const test = base.extend<{ wiki: Wiki }>({
  ignoreHTTPSErrors: true,
  wiki: async ({ another }, use) => {
    const apache = await prepareApache(await findPort())
    const upstream = await startUpstream()
    const entry = {
      id: 'wiki',
      name: 'Wiki',
      secret: randomBytes(32).toString('base64url'),
      redirect_uris: [`${apache.url}/signed-in`],
      post_logout_redirect_uris: [`${apache.url}/bye`],
      backchannel_logout_uri: `${apache.url}/signed-in?logout=backchannel`,
    }
    const service = await another({ APPS: JSON.stringify([entry]), NODE_EXTRA_CA_CERTS: apache.certificate })
    await apache.start(service.url, entry.secret, upstream.port)
    await use({ url: apache.url, service, upstream })
    await apache.stop()
    upstream.close()
  },
})

const forged = {
  'X-Remote-User': 'forged',
  X_Remote_User: 'forged',
  OIDC_CLAIM_email: 'forged',
  'OIDC-CLAIM-email': 'forged',
}

test('somebody signs in to an application behind Apache, and within three seconds of a reset is asked to again', async ({
  page,
  wiki: { url, service, upstream },
}) => {
  const person = await joinRaw(service)
  await page.goto(`${url}/pages/start?of=today`)
  await expect(page).toHaveURL(/\/login\?next=/)
  expect(upstream.asked).toEqual([])
  await signIn(page, person)
  await expect(page).toHaveURL(`${url}/pages/start?of=today`)
  await expect(page.locator('body')).toContainText(person.email)
  const answer = await page.request.get(`${url}/pages/start`, { headers: forged })
  expect(answer.status()).toBe(200)
  const { headers } = upstream.asked.at(-1) as Asked
  expect(headers).toMatchObject({
    'x-remote-user': expect.stringMatching(/^[0-9a-f-]{36}$/),
    oidc_claim_email: person.email,
  })
  expect(JSON.stringify(headers)).not.toContain('forged')
  expect(headers.cookie ?? '').not.toContain('__Host-wiki')

  await resetElsewhere(service, person, 3)
  const asked = () => page.request.get(`${url}/pages/start`, { maxRedirects: 0 })
  await expect.poll(async () => (await asked()).status(), { timeout: 3_000, intervals: [50] }).toBe(302)
  expect((await asked()).headers().location).toContain(`${service.url}/oidc/auth?`)
  await page.goto(`${url}/pages/start`)
  await expect(page).toHaveURL(/\/login\?next=/)
})

test('nobody is anybody by what they send, also where Apache lets in whoever comes', async ({
  request,
  wiki: { url, upstream },
}) => {
  for (const path of ['/bye', '/bye/x', '/bye/..;/admin']) {
    expect((await request.get(url + path, { headers: forged })).status()).toBe(200)
    expect(JSON.stringify(upstream.asked.at(-1)?.headers), path).not.toContain('forged')
  }
})

test('Apache signs somebody out of its application and of the service, without a question', async ({
  page,
  wiki: { url, service },
}) => {
  const person = await joinRaw(service)
  await page.goto(`${url}/pages/start`)
  await signIn(page, person)
  await expect(page).toHaveURL(`${url}/pages/start`)
  await page.goto(`${url}/signed-in?logout=${encodeURIComponent(`${url}/bye`)}`)
  await expect(page).toHaveURL(`${url}/bye`)
  await page.goto(`${service.url}/fr/account`)
  await expect(page).toHaveURL(/\/fr\/login/)
  await page.goto(`${url}/pages/start`)
  await expect(page).toHaveURL(/\/login\?next=/)
})
