import { rm } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { startApp } from '@/tests/support/app/app'
import { buildAnew } from '@/tests/support/app/second-build'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers } from '@/tests/support/faults/crowd'
import { faultTest as base } from '@/tests/support/faults/fault-test'
import { openReset } from '@/tests/support/faults/resets'
import { readForm, submitRaw, submitTo } from '@/tests/support/http/forms'
import { credentialsOf, identityOf, joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { sweepAtOnce } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'
import { say } from '@/tests/support/words'

const test = base.extend<object, { secondBuild: string }>({
  secondBuild: [
    async ({ browserName: _ }, use) => {
      const root = await buildAnew({
        'app/[locale]/(auth)/login/action.ts': (text) => text.replace('function submit(', 'function submitAnew('),
        'app/[locale]/(auth)/login/form.tsx': (text) => text.replaceAll(/\bsubmit\b/g, 'submitAnew'),
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

test('a form that was open before a deploy works after it, and one whose action is no more changes nothing', async ({
  service,
  secondBuild,
}) => {
  const person = await joinRaw(service)
  const reset = await openReset(service, person)
  const ask = await readForm(service.url, '/fr/forgot-password')
  const logIn = await readForm(service.url, '/fr/login')
  await deploy(service, secondBuild)

  expect(await countAnswers([await submitRaw(service, ask, identityOf(newPerson()))])).toEqual({
    '/fr/forgot-password/sent': 1,
  })
  const fields = credentialsOf(person)
  for (const scripted of [true, false]) {
    const stale = await submitRaw(service, logIn, fields, { scripted })
    expect([stale.status, stale.headers.getSetCookie().join()]).toEqual([409, expect.not.stringContaining('session')])
  }
  expect(await query(service.databaseUrl, 'SELECT 1 FROM "Session"')).toEqual([])
  expect(succeeded(await sendReset(service, reset, person, newPassword))).toBe(true)
  await logInRaw(service, { ...person, password: newPassword })
  await expectLaws(service)
})

test('between two attempts of a mail a deploy changes no byte of it, also where it brings other words', async ({
  service,
  secondBuild,
}) => {
  const { resend } = service
  resend.behave(behaviours.acceptThenDestroy)
  await signUp(service, 'de')
  await deploy(service, secondBuild)
  resend.behave(behaviours.ok)
  await sweepAtOnce(service)
  await expectLaws(service)
  expect(resend.mails).toHaveLength(1)
  expect(resend.requests.length).toBeGreaterThan(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
})

test.describe('in a browser', () => {
  test.use({ settings: { APP_URL: '' } })

  test('a page whose action is no more after a deploy says so and offers to load it anew', async ({
    page,
    service,
    secondBuild,
  }) => {
    await page.goto(`${service.url}/fr/login`)
    await deploy(service, secondBuild)
    const logIn = async () => {
      await page.locator('[name=identifier]').fill('nobody')
      await page.locator('[name=password]').fill(newPassword)
      await page.locator('main form button[type=submit]').click()
    }
    await logIn()
    await page.getByRole('link', { name: say('fr', 'kit.reload') }).click()
    await expect(page.locator('main [role=alert]')).toHaveCount(0)
    await expect(page.locator('[name=identifier]')).toHaveValue('nobody')
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
  const answer = await submitTo(service, `/${locale}/signup`, newPerson())
  expect(answer.headers.get('location')).toBe(`/${locale}/signup/sent`)
  await expect.poll(() => service.resend.requests.length).toBeGreaterThan(before)
}
