import { rm } from 'node:fs/promises'
import { expect } from '@playwright/test'
import words from '@/messages/crash.json' with { type: 'json' }
import { tryAgain } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { identityOf, joinRaw, logInRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { tally } from '@/tests/faults/crowd'
import { test as base } from '@/tests/faults/fixtures'
import { breaches, expectLaws } from '@/tests/faults/laws'
import { mailedReset } from '@/tests/faults/mailed'
import { buildAnew } from '@/tests/faults/second-build'
import { openReset, sendReset, succeeded } from '@/tests/faults/walks'
import { startApp } from '@/tests/support/app'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const test = base.extend<object, { secondBuild: string }>({
  secondBuild: [
    async ({ browserName: _ }, use) => {
      const root = await buildAnew({
        'app/[locale]/(auth)/login/action.ts': (text) => text.replace('function logIn(', 'function signIn('),
        'app/[locale]/(auth)/login/form.tsx': (text) => text.replaceAll(/\blogIn\b/g, 'signIn'),
        'messages/mail/de.json': (text) => text.replaceAll('Metamots', 'METAMOTS'),
      })
      await use(root)
      await rm(root, { recursive: true })
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

// One second build for all.
test.describe.configure({ mode: 'default', timeout: 300_000 })

test('F22: a form that was open before a deploy works after it, and one whose action is no more changes nothing', async ({
  service,
  secondBuild,
}) => {
  const person = await joinRaw(service)
  const reset = await openReset(service, await mailedReset(service, person))
  const ask = await readForm(service.url, '/fr/forgot-password')
  const logIn = await readForm(service.url, '/fr/login')
  await deploy(service, secondBuild)

  expect(await tally([await submitRaw(service, ask, identityOf(newPerson()))])).toEqual({
    '/fr/forgot-password/sent': 1,
  })
  const fields = { identifier: person.email, password: person.password, locale: 'fr' }
  for (const scripted of [true, false]) {
    const stale = await submitRaw(service, logIn, fields, { scripted })
    expect([stale.status, stale.headers.getSetCookie().join()]).toEqual([409, expect.not.stringContaining('session')])
  }
  expect(await query(service.databaseUrl, 'SELECT 1 FROM "Session"')).toEqual([])
  expect(succeeded(await sendReset(service, reset, person, 'Un-n0uveau secret'))).toBe(true)
  await logInRaw(service, { ...person, password: 'Un-n0uveau secret' })
  await expectLaws(service)
})

test('F22: between two attempts of a mail a deploy changes no byte of it, unless its words were changed: then it is not sent twice', async ({
  service,
  secondBuild,
}) => {
  const { resend, databaseUrl } = service
  resend.behave(behaviours.acceptThenDestroy)
  await signUp(service, 'fr')
  await deploy(service, secondBuild)
  resend.behave(behaviours.ok)
  await tryAgain(service)
  await expectLaws(service)
  expect(resend.mails).toHaveLength(1)
  expect(resend.requests.length).toBeGreaterThan(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)

  await deploy(service, '.')
  resend.behave(behaviours.acceptThenDestroy)
  await signUp(service, 'de')
  await deploy(service, secondBuild)
  resend.behave(behaviours.ok)
  await tryAgain(service)
  expect(resend.requests.at(-1)?.status).toBe(409)
  expect(service.app.log()).toContain('"reason":"payload_drift"')
  expect(resend.mails).toHaveLength(2)
  expect(await query(databaseUrl, `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`)).toEqual([])
  expect(await breaches(databaseUrl)).toEqual([])
})

test.describe('in a browser', () => {
  test.use({ settings: { APP_URL: '' } })

  test('F22: a page whose action is no more after a deploy says so and offers to load it anew', async ({
    page,
    service,
    secondBuild,
  }) => {
    await page.goto(`${service.url}/fr/login`)
    await deploy(service, secondBuild)
    const logIn = async () => {
      await page.locator('[name=identifier]').fill('nobody')
      await page.locator('[name=password]').fill('Un-n0uveau secret')
      await page.locator('main form button[type=submit]').click()
    }
    await logIn()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.fr.title)
    await page.getByRole('link', { name: words.fr.reload }).click()
    await logIn()
    await expect(page.locator('[role=alert] h2')).toBeVisible()
    await expectLaws(service)
  })
})

/** Puts another build in the place of the process that runs, when the minute of what that one had begun is over. */
async function deploy(service: Service, root: string): Promise<void> {
  await service.app.stop()
  await query(service.databaseUrl, `UPDATE "Mail" SET "leasedUntil" = NULL`)
  service.app = await startApp({ env: service.settings, root, port: service.app.port, migrated: true })
}

/** Asks for an account, and waits until its mail has been tried. */
async function signUp(service: Service, locale: string): Promise<void> {
  const before = service.resend.requests.length
  const answer = await submitRaw(service, await readForm(service.url, `/${locale}/signup`), newPerson())
  expect(answer.headers.get('location')).toBe(`/${locale}/signup/sent`)
  await expect.poll(() => service.resend.requests.length).toBeGreaterThan(before)
}
