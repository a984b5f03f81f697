import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn } from '@/tests/support/browser/walks'
import { joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`somebody downloads what is kept of them, ${name}`, async ({ page, service }) => {
    const person = await joinAndLogIn(page, service)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say('fr', 'yourData.download') }).click(),
    ])
    expect(download.suggestedFilename()).toBe('metamots.json')
    const data = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(data.account).toMatchObject({ email: person.email, lastName: person.lastName, country: person.country })
    expect(data.sessions).toMatchObject([{ device: { browser: 'Chrome', system: 'Windows' } }])
    expect(Object.keys(data)).toEqual(['account', 'formerDetails', 'sessions', 'links', 'mails', 'events'])
    await expect(page).toHaveURL('/fr/account')
  })
})

test('the file is for whoever is signed in, is shown nowhere and kept by nobody', async ({ service }) => {
  const headers = { cookie: await logInRaw(service, await joinRaw(service)) }
  const answer = await fetch(`${service.url}/fr/account/export`, { headers })
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="metamots.json"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  for (const cookie of ['', `session=${'a'.repeat(43)}`]) {
    const refused = await fetch(`${service.url}/fr/account/export`, { headers: { cookie }, redirect: 'manual' })
    expect([refused.status, refused.headers.get('location')]).toEqual([307, '/fr/login'])
  }
})

test('who has downloaded it five times within an hour is told so on a page', async ({ service }) => {
  const headers = { cookie: await logInRaw(service, await joinRaw(service)) }
  const download = () => fetch(`${service.url}/fr/account/export`, { headers, redirect: 'manual' })
  for (let times = 0; times < 5; times += 1) expect(await (await download()).json()).toMatchObject({ account: {} })
  const refused = await download()
  expect([refused.status, refused.headers.get('location')]).toEqual([307, '/fr/account/export/later'])
  const page = await fetch(`${service.url}/fr/account/export/later`, { headers })
  expect(await page.text()).toContain(say('fr', 'exportLater.text'))
})
