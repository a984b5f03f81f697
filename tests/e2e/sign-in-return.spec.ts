import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { pickLanguage, submit } from '@/tests/support/browser/walks'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`whoever signs in is led to the page they asked for, also after a wrong password and in another language, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinRaw(service)
    await page.goto('/.well-known/change-password')
    await page.locator('[name=identifier]').fill(person.email)
    await page.locator('[name=password]').fill('Wr0ng one, surely')
    await submit(page)
    await expect(page.locator('main').getByRole('alert')).toBeVisible()
    await pickLanguage(page, 'Deutsch')
    await expect(page.locator('h1')).toHaveText(say('de', 'login.title'))
    await page.locator('[name=identifier]').fill(person.email)
    await page.locator('[name=password]').fill(person.password)
    await submit(page)
    await expect(page).toHaveURL('/de/account/change-password')
  })
})

test('every page of an account leads back to itself, and to no other place', async ({ service }) => {
  const person = await joinRaw(service)
  for (const page of ['change-password', 'change-email', 'username', 'close']) {
    const asked = await fetch(`${service.url}/fr/account/${page}`, { redirect: 'manual' })
    const form = await readForm(service.url, asked.headers.get('location') ?? '')
    const answer = await submitRaw(service, form, credentialsOf(person))
    expect.soft(answer.headers.get('location')).toBe(`/fr/account/${page}`)
  }
  for (const next of ['//evil.example', '../help', 'close/done', 'toString', '']) {
    const form = await readForm(service.url, `/fr/login?next=${encodeURIComponent(next)}`)
    const control = form.control.map(([name, value]): [string, string] => [
      name,
      value.replace('[{}]', JSON.stringify([{ next }])),
    ])
    const answer = await submitRaw(service, { ...form, control }, credentialsOf(person))
    expect.soft(answer.headers.get('location'), next).toBe('/fr/account')
  }
})

test('the well-known address leads to the form in the language of whoever asks', async ({ service }) => {
  const person = await joinRaw(service)
  const session = (await logInRaw(service, person)).split('; ').filter((cookie) => cookie.startsWith('session='))
  for (const [headers, locale] of [
    [{ cookie: 'lang=pl', 'accept-language': 'de' }, 'pl'],
    [{ 'accept-language': 'de-AT,fr;q=0.5' }, 'de'],
    [{ 'accept-language': 'sv' }, 'en'],
    [{ cookie: 'lang=xx' }, 'fr'],
    [{ cookie: session.join('; '), 'accept-language': 'de' }, 'fr'],
  ] as const) {
    const found = await fetch(`${service.url}/.well-known/change-password`, { headers, redirect: 'manual' })
    expect.soft([found.status, found.headers.get('location')]).toEqual([303, `/${locale}/account/change-password`])
  }
  const swede = await fetch(service.url, { headers: { 'accept-language': 'sv-SE,sv;q=0.9' }, redirect: 'manual' })
  expect(swede.headers.get('location')).toBe('/en')
})
