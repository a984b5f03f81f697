import { readdir } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { type Action, readActions } from '@/tests/e2e/actions'
import { linkIn, mailTo, type Service } from '@/tests/e2e/fixtures'
import { rawPost } from '@/tests/e2e/raw-form'
import { cookiesOf, identityOf, joinRaw, logInRaw, newAddress, signUpRaw, submitRaw } from '@/tests/e2e/raw-walks'
import { test } from '@/tests/e2e/without-middleware'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const guess = 'An0ther’s choice'
const wires = ['[]', '[null]', '7', '["$undefined"]', '[{"not":""}]', '[["a","b"]]', '["$n1"]', '["$F1"]', '[{},"$Q1"]']

test('the actions of the build are the action files of the pages, one each', async () => {
  const files = (await readdir('app', { recursive: true })).filter((file) => /(^|\/)action\.ts$/.test(file))
  const actions = await readActions()
  expect(actions.map(({ file }) => file).sort()).toEqual(files.map((file) => `app/${file}`).sort())
})

for (const guarded of [true, false]) {
  const without = guarded ? '' : ', without the middleware'

  test(`in no order do actions change a password without a link or a session${without}`, async ({
    service,
    unguarded,
  }) => {
    test.setTimeout(180_000)
    const target = guarded ? service : unguarded
    const victim = await joinRaw(service)
    await logInRaw(service, victim)
    const foreign = linkIn(await mailTo(service.resend, (await signUpRaw(service)).email), 'verify-email').slice(-43)
    const forged = ['reset', 'verify', 'session', 'device'].map((name) => `${name}=${foreign}`)
    const before = await stateOf(service, victim)
    const actions = await readActions()
    let given = ''
    for (const first of actions)
      for (const second of actions)
        for (const action of [first, second]) {
          const headers = { cookie: [...forged, given].join('; ') }
          const answer = await submitRaw(target, action, claimsOf(victim), { scripted: true, headers })
          expect.soft(answer.status, action.name).toBeLessThan(500)
          given = cookiesOf(answer) || given
        }
    expect(await stateOf(service, victim)).toEqual(before)
  })

  test(`every action of an account leads to the sign-in page when nobody is signed in${without}`, async ({
    service,
    unguarded,
  }) => {
    const target = guarded ? service : unguarded
    const policy = (await fetch(`${target.url}/fr/login`)).headers.get('content-security-policy')
    expect(policy !== null).toBe(guarded)
    const victim = await joinRaw(service)
    await logInRaw(service, victim)
    const before = await stateOf(service, victim)
    const bypass = 'middleware:middleware:middleware:middleware:middleware'
    for (const action of (await readActions()).filter(isOfAccount))
      for (const cookie of ['', `session=${'a'.repeat(43)}`, 'session=', `session=${before.accountId}`]) {
        const headers = { cookie, 'x-middleware-subrequest': bypass }
        const answer = await submitRaw(target, action, claimsOf(victim), { scripted: true, headers })
        expect.soft(answer.headers.get('x-action-redirect'), action.name).toMatch(/^\/fr\/login(;|$)/)
      }
    for (const path of ['/fr/account', '/fr/account/change-password']) {
      const answer = await fetch(target.url + path, { headers: { 'x-middleware-subrequest': bypass } })
      expect.soft(await answer.text(), path).not.toContain(victim.email)
    }
    expect(await stateOf(service, victim)).toEqual(before)
  })

  test(`only a submission from our own origin reaches an action${without}`, async ({ service, unguarded }) => {
    const target = guarded ? service : unguarded
    const victim = await joinRaw(service)
    const session = await logInRaw(service, victim)
    const before = await stateOf(service, victim)
    for (const action of await readActions())
      for (const origin of ['https://evil.example', 'null', target.origin.replace('http:', 'https:')]) {
        const headers = { cookie: session, origin, 'sec-fetch-site': 'cross-site', 'x-forwarded-host': 'evil.example' }
        const sent = { ...victim, ...claimsOf(victim), currentPassword: victim.password, password: victim.password }
        const answer = await submitRaw(target, action, sent, { scripted: true, headers })
        expect.soft(answer.headers.get('x-action-redirect'), action.name).toBeNull()
        expect.soft(answer.headers.getSetCookie().join(), action.name).not.toMatch(/session=\w/)
      }
    expect(await stateOf(service, victim)).toEqual(before)

    const logIn = (await readActions()).find(({ name }) => name === 'logIn') as Action
    const fields = { identifier: victim.email, password: victim.password, locale: 'fr' }
    const answer = await submitRaw(target, logIn, fields, { scripted: true })
    expect(answer.headers.get('x-action-redirect')).toMatch(/^\/fr\/account/)
  })
}

test('no strange value given to an action of an account is answered as a fault of ours', async ({ service }) => {
  const person = await joinRaw(service)
  for (const action of (await readActions()).filter(isOfAccount)) {
    const cookie = await logInRaw(service, person)
    const names = Object.keys(claimsOf(person))
    const strange: Record<string, [string, string | Blob][]> = {
      nothing: [],
      'a field twice': names.flatMap((name): [string, string][] => [
        [name, 'x'],
        [name, 'y'],
      ]),
      'a file': names.map((name) => [name, new File(['x'], 'x.txt')]),
      NUL: names.map((name) => [name, 'x\0']),
      'ill-formed UTF-16': names.map((name) => [name, '\ud800']),
      'a long text': names.map((name) => [name, 'x'.repeat(600)]),
      'a prototype': [...names, '__proto__'].map((name) => [name, '__proto__']),
    }
    const posts = [
      ...Object.entries(strange).map(([what, fields]) => ({ what, fields: scripted(fields) })),
      ...wires.map((wire) => ({ what: wire, fields: [['0', wire]] as [string, string][] })),
    ]
    for (const { what, fields } of posts) {
      const headers = { cookie, 'next-action': action.actionId, 'x-test-address': newAddress() }
      const answer = await rawPost(service.url, action.path, { fields, headers })
      expect.soft(answer.status, `${action.name}, ${what}`).toBeLessThan(500)
      expect.soft(await answer.text(), `${action.name}, ${what}`).not.toMatch(/at \S+ \(|node_modules/)
    }
  }
  const state = await stateOf(service, person)
  expect(state.email).toBe(person.email)
  expect(state.version).toBe(1)
})

function scripted(fields: [string, string | Blob][]): [string, string | Blob][] {
  return [...fields.map(([name, value]): [string, string | Blob] => [`_1_${name}`, value]), ['0', '[{},"$K1"]']]
}

function isOfAccount({ path }: Action): boolean {
  return path.startsWith('/fr/account')
}

/** All that somebody who knows a person can claim, and the names by which other services were told whom to change. */
function claimsOf(victim: Person): Record<string, string> {
  const { email } = victim
  const ids = { id: email, userId: email, accountId: email, token: 'a'.repeat(43), username: newPerson().email }
  const passwords = { password: guess, newPassword: guess, currentPassword: guess }
  return { ...identityOf(victim), ...ids, ...passwords, identifier: email, newEmail: newPerson().email, locale: 'fr' }
}

/** What only the person may change. */
async function stateOf({ databaseUrl }: Service, { email }: Person): Promise<Record<string, unknown>> {
  const [state] = await query(
    databaseUrl,
    `SELECT c.*, a.*, (SELECT count(*) FROM "Session" s WHERE s."accountId" = a."id") AS sessions
     FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id" WHERE a."email" = '${email}'`,
  )
  return state ?? {}
}
