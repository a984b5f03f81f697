import { expect } from '@playwright/test'
import { pagesOfApp, shownAppSettings } from '@/tests/support/apps/shown-app'
import { test } from '@/tests/support/browser/test'
import { type Seen, seen } from '@/tests/support/checks/seen'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'

test.use({ serviceSettings: { ...shownAppSettings, RETURN_TO: '/app/' } })

for (const scripted of [false, true])
  test(`while an application waits a refused sign-in is answered the same whoever it is about, ${scripted ? 'with' : 'without'} JavaScript`, async ({
    service,
  }) => {
    const [owner, pending, stranger] = [await joinRaw(service), await signUpRaw(service), newPerson()]
    const form = await readForm(service.url, `/fr/${pagesOfApp.login}`)
    const answers: Seen[] = []
    for (const { email } of [owner, pending, stranger]) {
      const fields = { identifier: email, password: 'Wr0ng one, surely', locale: 'fr' }
      answers.push(await seen(await submitRaw(service, form, fields, { scripted }), email))
    }
    expect(answers[0]?.status).toBe(200)
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

test('nobody is led from signing in to a place that neither an application of ours nor a named path is', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const leadsTo = async (next: string) => {
    const form = await readForm(service.url, `/fr/login?next=${encodeURIComponent(next)}`)
    const control = form.control.map(([name, value]): [string, string] => [
      name,
      value.replace(/\[\{.*?\}\]/, JSON.stringify([{ next }])),
    ])
    const answer = await submitRaw(service, { ...form, control }, credentialsOf(person))
    return answer.headers.get('location')
  }
  for (const next of [
    '//evil.example/app/',
    '/app/..//evil.example',
    '/app/%2e%2e/oidc/auth',
    '/app\\@evil.example',
    'https://evil.example/app/',
    'oidc/auth',
    'oidc/token?client_id=shop',
    'oidc/auth?client_id=shop\r\nset-cookie: a=b',
  ])
    expect.soft(await leadsTo(next), next).toBe('/fr/account')
  expect(await leadsTo('/app/list?page=2')).toBe(`${service.url}/app/list?page=2`)
  expect(await leadsTo('oidc/auth?client_id=shop')).toBe(
    `/fr/go-on?to=${encodeURIComponent('oidc/auth?client_id=shop')}`,
  )
  for (const to of [
    'https://evil.example',
    'oidc/auth?client_id=nobody',
    'oidc/token?client_id=shop',
    '//evil.example',
  ]) {
    const answer = await fetch(`${service.url}/fr/go-on?to=${encodeURIComponent(to)}`, { redirect: 'manual' })
    expect.soft(answer.headers.get('location'), to).toBe('/fr/account')
  }
})

test('no other site signs anybody in, to have them enter an application as somebody else', async ({ service }) => {
  const person = await joinRaw(service)
  const form = await readForm(service.url, `/fr/${pagesOfApp.login}`)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null', 'sec-fetch-site': 'cross-site' }]) {
    const answer = await submitRaw(service, form, credentialsOf(person), { headers })
    expect(answer.headers.get('set-cookie') ?? '').not.toMatch(/session=\w/)
    expect(answer.headers.get('location')).toBe(null)
  }
})

test('the pages of applications keep to the policy of all pages, and where none is named they are not there', async ({
  another,
  service,
}) => {
  const without = await another({ APPS: '', RETURN_TO: '' })
  const cookie = await logInRaw(service, await joinRaw(service))
  const goOn = `go-on?to=${encodeURIComponent('oidc/auth?client_id=shop')}`
  const policyOf = (answer: Response) =>
    answer.headers.get('content-security-policy')?.replace(/'nonce-[^']+'/g, 'NONCE')
  const usual = policyOf(await fetch(`${service.url}/fr/login`))
  for (const page of [pagesOfApp.login, pagesOfApp.logOut, pagesOfApp.problem, goOn]) {
    const answer = await fetch(`${service.url}/fr/${page}`, { headers: page.startsWith('login') ? {} : { cookie } })
    expect.soft([answer.status, policyOf(answer)], page).toEqual([200, usual])
    if (!page.startsWith('login')) expect.soft((await fetch(`${without.url}/fr/${page}`)).status, page).toBe(404)
  }
})
