import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { statementsOf, withMailHeld } from '@/tests/support/checks/statements'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { identityOf, joinRaw, logInRaw, markOf, signUpRaw } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'

for (const scripted of [false, true]) {
  const how = scripted ? 'with' : 'without'

  test(`a reset request asks the database the same whoever it is about, ${how} JavaScript`, async ({ service }) => {
    const owner = await joinRaw(service)
    const claims = [newPerson(), owner, owner, { ...owner, country: 'FR' }, await signUpRaw(service)].map(identityOf)
    const [unknown, ...known] = await submissions(service, '/fr/forgot-password', claims, scripted)
    expect(unknown).toHaveLength(1)
    expectOneIntent(unknown)
    for (const statements of known) expect.soft(statements).toEqual(unknown)
  })

  test(`a sign-up asks the database the same whoever has the address, ${how} JavaScript`, async ({ service }) => {
    const people = [newPerson(), await joinRaw(service), await signUpRaw(service)]
    const [unknown, ...known] = await submissions(service, '/fr/signup', people, scripted)
    expectOneIntent(unknown)
    for (const statements of known) expect.soft(statements).toEqual(unknown)
  })

  test(`a refused sign-in asks the database the same whatever was wrong, ${how} JavaScript`, async ({ service }) => {
    const [owner, broken, pending] = [await joinRaw(service), await joinRaw(service), await signUpRaw(service)]
    await query(
      service.databaseUrl,
      `UPDATE "Credential" SET "passwordHash" = '' FROM "Account" WHERE "id" = "accountId" AND "email" = '${broken.email}'`,
    )
    const { password } = newPerson()
    const throttled = [await joinRaw(service), newPerson()]
    const logIn = await readForm(service.url, '/fr/login')
    for (const { email } of throttled)
      for (let failures = 0; failures < 5; failures += 1)
        await submitRaw(service, logIn, { identifier: email, password, locale: 'fr' })
    await query(
      service.databaseUrl,
      `UPDATE "RateLimit" SET "blockedUntil" = 'infinity' WHERE "blockedUntil" IS NOT NULL`,
    )
    const people = [newPerson(), owner, pending, broken, ...throttled]
    const attempts = people.map(({ email }) => ({ identifier: email, password }))
    const [unknown, ...known] = await submissions(service, '/fr/login', attempts, scripted)
    expect(unknown).toHaveLength(2)
    for (const statements of known) expect.soft(statements).toEqual(unknown)
  })
}

test('a rehearsal of the five fields asks the database the same, right or wrong', async ({ service }) => {
  const person = await joinRaw(service)
  const headers = { cookie: await logInRaw(service, person) }
  const claims = [person, { ...person, lastName: 'Martin' }, newPerson()].map(identityOf)
  const [right, ...wrong] = await submissions(service, '/fr/account/rehearsal', claims, false, headers)
  expect(right.join()).toContain('INSERT INTO "Event"')
  for (const statements of wrong) expect.soft(statements).toEqual(right)
})

test('a sign-in takes two round trips to the database, whatever browser it comes from', async ({ service }) => {
  const person = await joinRaw(service)
  const { email, password } = person
  const fields = { identifier: email, password, locale: 'fr' }
  const [session, mark] = [await logInRaw(service, person), markOf(person)]
  const browsers = {
    unknown: '',
    known: mark,
    'signed in': `${session}; ${mark}`,
    'with marks of nobody': 'device=a~b',
  }
  const form = await readForm(service.url, '/fr/login')
  await withMailHeld(service, async () => {
    for (const [browser, cookie] of Object.entries(browsers))
      for (const locale of ['fr', 'en']) {
        const submit = () => submitRaw(service, form, { ...fields, locale }, { headers: { cookie } })
        const asked = await statementsOf(service, submit)
        expect.soft(asked, `${browser}, ${locale}`).toHaveLength(2)
        expect.soft(asked[1]).toContain('INSERT INTO "Session"')
        expect.soft(asked[1]?.includes('INSERT INTO "Mail"'), browser).toBe(!cookie.includes(mark))
      }
  })
  const spoken = await query(service.databaseUrl, `SELECT "locale" FROM "Account" WHERE "email" = '${email}'`)
  expect(spoken).toEqual([{ locale: 'en' }])
})

test('a wrong password takes two round trips as well, also from a known browser', async ({ service }) => {
  const person = await joinRaw(service)
  const fields = { identifier: person.email, password: newPerson().password, locale: 'fr' }
  for (const cookie of ['', markOf(person)]) {
    const [asked] = await submissions(service, '/fr/login', [fields], false, { cookie })
    expect.soft(asked, cookie).toHaveLength(2)
  }
})

test('a page of an account takes one round trip, also when it is the first for a while, and its list of browsers another', async ({
  service,
}) => {
  const cookie = await logInRaw(service, await joinRaw(service))
  const get = (path: string) => fetch(service.url + path, { headers: { cookie }, redirect: 'manual' })
  const look = () => get('/fr/account/change-password')
  await query(service.databaseUrl, `UPDATE "Session" SET "lastSeenAt" = now() - interval '1 hour'`)
  const looks = await withMailHeld(service, async () => [
    await statementsOf(service, look),
    await statementsOf(service, look),
  ])
  const [row] = await query(
    service.databaseUrl,
    `SELECT max("lastSeenAt") > now() - interval '1 minute' AS seen FROM "Session"`,
  )
  expect(looks).toEqual([[expect.stringContaining('"Session"')], [expect.stringContaining('"Session"')]])
  expect(await withMailHeld(service, () => statementsOf(service, () => get('/fr/account')))).toHaveLength(2)
  expect(row).toEqual({ seen: true })
})

test('what the worker does meanwhile is not counted as what a request asks', async ({ service }) => {
  const form = await readForm(service.url, '/fr/login')
  const { email, password } = newPerson()
  const headers = { authorization: `Bearer ${service.settings.CRON_SECRET}` }
  const asked = await withMailHeld(service, () =>
    statementsOf(service, async () => {
      const [answer, swept] = await Promise.all([
        submitRaw(service, form, { identifier: email, password, locale: 'fr' }),
        fetch(`${service.url}/api/cron/mail`, { headers }),
      ])
      expect(swept.status).toBe(500)
      return answer
    }),
  )
  expect(asked).toHaveLength(2)
})

test('a reset request is answered while its mail is still on its way', async ({ service }) => {
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/forgot-password')
  const sent = () => service.resend.requests.filter(({ body }) => body.includes(person.email))
  const before = sent().length
  service.resend.behave(behaviours.delay(4_000))
  const answer = await submitRaw(service, form, identityOf(person))
  expect([answer.status, sent()[before]?.status ?? null]).toEqual([303, null])
  await expect.poll(() => sent().length).toBe(before + 1)
  service.resend.behave(behaviours.ok)
})

/** What each submission of the form of a page asks the database. */
async function submissions(
  service: Service,
  path: string,
  all: Record<string, string>[],
  scripted: boolean,
  headers: Record<string, string> = {},
): Promise<[string[], ...string[][]]> {
  const form = await readForm(service.url, path, headers)
  const asked: string[][] = []
  await withMailHeld(service, async () => {
    for (const fields of all)
      asked.push(await statementsOf(service, () => submitRaw(service, form, fields, { scripted, headers })))
  })
  return asked as [string[], ...string[][]]
}

/** One intent, and no look at anything that could tell whether there is an account. */
function expectOneIntent(statements: string[]): void {
  expect(statements.filter((text) => text.includes('INSERT INTO "Mail"'))).toHaveLength(1)
  expect(statements.join()).not.toMatch(/"(Account|Credential|Token|Session)"/)
}
