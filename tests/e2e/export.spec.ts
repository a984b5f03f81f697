import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { test } from '@/tests/e2e/fixtures'
import { withAndWithoutScripts } from '@/tests/e2e/modes'
import { joinRaw, logInRaw } from '@/tests/e2e/raw-walks'
import { logIn } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`somebody downloads what is kept of them, ${name}`, async ({ page, service }) => {
    const person = await joinRaw(service)
    await logIn(page, 'fr', person)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say('fr', 'yourData.download') }).click(),
    ])
    expect(download.suggestedFilename()).toBe('metamots.json')
    const data = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(data.account).toMatchObject({ email: person.email, lastName: person.lastName, country: person.country })
    expect(data.sessions).toMatchObject([{ device: { browser: 'Chrome', system: 'Windows' } }])
    expect(Object.keys(data)).toEqual(['account', 'sessions', 'links', 'mails', 'events'])
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
