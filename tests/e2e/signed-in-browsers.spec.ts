import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { type Action, readActions } from '@/tests/support/app/actions'
import type { Service } from '@/tests/support/app/service'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn, logIn } from '@/tests/support/browser/walks'
import { submitRaw } from '@/tests/support/http/forms'
import { joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`one browser is signed out from another, and no other is, ${name}`, async ({ page, browser, service }) => {
    const person = await joinAndLogIn(page, service)
    const [phone, library] = [await browser.newPage(), await browser.newPage({ userAgent: 'a strange one' })]
    await logIn(phone, 'fr', person)
    await logIn(library, 'fr', person)

    await page.goto('/fr/account')
    const listed = page.locator('[data-browser]')
    await expect(listed).toHaveCount(3)
    await expect(listed.nth(0)).toContainText(`Chrome sur Windows ${say('fr', 'browsers.thisOne')}`)
    await expect(listed.nth(0).getByRole('button')).toHaveCount(0)
    const strange = listed.filter({ hasText: say('fr', 'browsers.deviceUnknown') })
    const end = strange.getByRole('button', { name: say('fr', 'browsers.end') })
    await expect(end).toHaveAccessibleDescription(/^Appareil inconnu Connexion/)

    await end.click()
    await expect(page).toHaveURL('/fr/account/end-session/done')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('fr', 'endSessionDone.title'))
    await library.goto('/fr/account')
    await expect(library).toHaveURL('/fr/login')
    await phone.goto('/fr/account')
    await expect(phone).toHaveURL('/fr/account')
    await page.getByRole('link', { name: say('fr', 'endSessionDone.back') }).click()
    await expect(listed).toHaveCount(2)
    await phone.close()
    await library.close()
  })
})

test('of many browsers five are seen at once, and the others by a press', async ({ page, service }) => {
  const person = await joinAndLogIn(page, service)
  for (let more = 0; more < 6; more += 1) await logInRaw(service, person)
  await page.goto('/fr/account')
  const seen = page.locator('[data-browser]').filter({ visible: true })
  await expect(seen).toHaveCount(5)
  await page.getByText(say('fr', 'browsers.more', { count: 2 })).click()
  await expect(seen).toHaveCount(7)
})

test('times are those of the person’s country, written in the language of the page', async ({ page, service }) => {
  const person = await joinAndLogIn(page, service)
  await query(
    service.databaseUrl,
    `UPDATE "Session" SET "createdAt" = '2026-11-23 23:30Z' WHERE ${belongsTo(person.email)}`,
  )
  for (const [locale, expected] of [
    ['fr', ['24 novembre 2026 à 00:30', 'heure d’Europe centrale']],
    ['en', ['24 November 2026 at 00:30', 'Central European Time']],
    ['ar', ['24 نوفمبر 2026', '12:30 ص', 'توقيت وسط أوروبا']],
  ] as const) {
    await page.goto(`/${locale}/account`)
    for (const words of expected) await expect(page.locator('main')).toContainText(words)
  }
})

test('whoever names the session of somebody else, or none, ends nothing', async ({ service }) => {
  const [victim, mallory] = [await joinRaw(service), await joinRaw(service)]
  await logInRaw(service, victim)
  const cookie = await logInRaw(service, mallory)
  const before = [await sessionsOf(service, victim), await sessionsOf(service, mallory)]
  const action = (await readActions()).find(({ name }) => name === 'end-session') as Action
  const end = (session: string) => submitRaw(service, action, { session }, { scripted: true, headers: { cookie } })
  for (const session of [String(before[0]?.[0]?.id), randomUUID()])
    expect.soft((await end(session)).headers.get('x-action-redirect')).toBe('/fr/account/end-session/done;push')
  for (const session of ['not an id', '__proto__', `${randomUUID()}'`])
    expect.soft(await (await end(session)).text(), session).toContain('"fieldErrors":{"session":[]}')
  expect([await sessionsOf(service, victim), await sessionsOf(service, mallory)]).toEqual(before)
})

function sessionsOf({ databaseUrl }: Service, { email }: Person): Promise<Record<string, unknown>[]> {
  return query(databaseUrl, `SELECT "id" FROM "Session" WHERE ${belongsTo(email)}`)
}

function belongsTo(email: string): string {
  return `"accountId" = (SELECT "id" FROM "Account" WHERE "email" = '${email}')`
}
