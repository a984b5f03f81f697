import { readdir } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { type Action, isOfAccount, readActions } from '@/tests/support/app/actions'
import { test } from '@/tests/support/browser/test'
import { claimsOf, stateOf } from '@/tests/support/http/claims'
import { cookiesOf, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'

// Side by side they would need an application each.
test.describe.configure({ mode: 'default' })

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
    const victim = await joinRaw(target)
    await logInRaw(target, victim)
    const foreign = linkIn(await sweptMailTo(target, (await signUpRaw(target)).email), 'verify-email').slice(-43)
    const forged = ['reset', 'verify', 'new-email', 'not-me', 'session', 'device'].map((name) => `${name}=${foreign}`)
    const before = await stateOf(target, victim)
    const actions = await readActions()
    let given = ''
    for (const action of everyPairOf(actions)) {
      const headers = { cookie: [...forged, given].join('; ') }
      const answer = await submitRaw(target, action, claimsOf(victim), { scripted: true, headers })
      expect.soft(answer.status, action.name).toBeLessThan(500)
      given = cookiesOf(answer) || given
    }
    expect(await stateOf(target, victim)).toEqual(before)
  })

  test(`every action of an account leads to the sign-in page when nobody is signed in${without}`, async ({
    service,
    unguarded,
  }) => {
    const target = guarded ? service : unguarded
    const policy = (await fetch(`${target.url}/fr/login`)).headers.get('content-security-policy')
    expect(policy !== null).toBe(guarded)
    const victim = await joinRaw(target)
    await logInRaw(target, victim)
    const before = await stateOf(target, victim)
    const bypass = 'middleware:middleware:middleware:middleware:middleware'
    for (const action of (await readActions()).filter(isOfAccount))
      for (const cookie of ['', `session=${'a'.repeat(43)}`, 'session=', `session=${before.accountId}`]) {
        const headers = { cookie, 'x-middleware-subrequest': bypass }
        const answer = await submitRaw(target, action, claimsOf(victim), { scripted: true, headers })
        expect
          .soft(answer.headers.get('x-action-redirect'), action.name)
          .toMatch(/^\/fr\/login(\?signed-out=(here|everywhere))?(;|$)/)
      }
    for (const path of [
      '',
      '/change-password',
      '/change-email',
      '/export',
      '/details',
      '/details/done',
      '/rehearsal',
      '/rehearsal/same',
      '/rehearsal/different',
      '/username',
      '/username/done',
      '/close',
      '/keep',
      '/keep/done',
    ]) {
      const answer = await fetch(`${target.url}/fr/account${path}`, { headers: { 'x-middleware-subrequest': bypass } })
      expect.soft(await answer.text(), path).not.toContain(victim.email)
    }
    expect(await stateOf(target, victim)).toEqual(before)
  })

  test(`only a submission from our own origin reaches an action${without}`, async ({ service, unguarded }) => {
    const target = guarded ? service : unguarded
    const victim = await joinRaw(target)
    const session = await logInRaw(target, victim)
    const before = await stateOf(target, victim)
    for (const action of await readActions())
      for (const origin of ['https://evil.example', 'null', target.origin.replace('http:', 'https:')]) {
        const headers = { cookie: session, origin, 'sec-fetch-site': 'cross-site', 'x-forwarded-host': 'evil.example' }
        const sent = { ...victim, ...claimsOf(victim), currentPassword: victim.password, password: victim.password }
        const answer = await submitRaw(target, action, sent, { scripted: true, headers })
        expect.soft(answer.headers.get('x-action-redirect'), action.name).toBeNull()
        expect.soft(answer.headers.getSetCookie().join(), action.name).not.toMatch(/session=\w/)
      }
    expect(await stateOf(target, victim)).toEqual(before)

    const logIn = (await readActions()).find(({ name }) => name === 'login') as Action
    const fields = credentialsOf(victim)
    const answer = await submitRaw(target, logIn, fields, { scripted: true })
    expect(answer.headers.get('x-action-redirect')).toMatch(/^\/fr\/account/)
  })
}

/** A walk in which each follows each, and itself: the shorter the better, as a step is a submission. */
function everyPairOf(actions: Action[]): Action[] {
  return actions.flatMap((first, index) => [first, ...actions.slice(index).flatMap((second) => [second, first])])
}
