import { randomInt } from 'node:crypto'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { logOut, logOutEverywhere } from '@/lib/accounts/log-out'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { askProvider } from '@/lib/http/ask-provider'
import { leadToQuery } from '@/lib/http/lead-to-query'
import { sha256 } from '@/lib/secrets'
import { eraseAccount } from '@/lib/worker/erasure'
import { purge } from '@/lib/worker/retention'
import { idOf, loggedIn, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import { claimOf, joinAs, newCaller } from '@/tests/support/accounts/people'
import { codeFor, redeemAt, statusOf, useApps } from '@/tests/support/apps/in-process'
import { newPassword, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useApps(['shop', 'wiki', 'forum'], ['blog'])
useService('postgres')

test('of 32 who redeem one code at once one gets a token, and the others are told that it is none', async () => {
  const session = await sessionOf(await joinAs())
  const code = await codeFor(session, 'shop')
  const answers = await Promise.all(Array.from({ length: 32 }, () => redeemAt('shop', code)))
  expect(answers.filter(({ access_token }) => access_token)).toHaveLength(1)
  expect(answers.filter(({ error }) => error === 'invalid_grant')).toHaveLength(31)
  expect(await statusOf(answers.find(({ access_token }) => access_token)?.access_token)).toBe(200)
})

test('a code that comes back later is refused, and takes away what it gave', async () => {
  const session = await sessionOf(await joinAs())
  const code = await codeFor(session, 'shop')
  const { access_token } = await redeemAt('shop', code)
  await (await db()).$executeRaw`UPDATE "AppToken" SET "usedAt" = "usedAt" - interval '6 seconds'`
  expect(await statusOf(access_token)).toBe(200)
  expect(await redeemAt('shop', code)).toMatchObject({ error: 'invalid_grant' })
  expect(await statusOf(access_token)).toBe(401)
})

test('a program gets its error as it reads errors, also where it says that it reads pages', async () => {
  const headers = { accept: 'text/html, image/gif, *; q=.2, */*; q=.2' }
  for (const [path, error] of [
    ['token', 'invalid_request'],
    ['userinfo', 'invalid_token'],
  ]) {
    const body = new URLSearchParams({ access_token: 'none' })
    const answer = await askProvider(
      new Request(`http://localhost:3000/oidc/${path}`, { method: 'POST', body, headers }),
      null,
    )
    expect(answer.status).toBe(path === 'token' ? 400 : 401)
    expect(await answer.json()).toMatchObject({ error })
  }
})

test('what a form of an application posts is led to the same as a query, and nothing else is', async () => {
  const post = (body: BodyInit) => leadToQuery(new Request('http://localhost:3000/oidc/auth', { method: 'POST', body }))
  const led = await post(new URLSearchParams({ state: 'a b&c', scope: 'openid' }))
  expect([led.status, led.headers.get('location')]).toEqual([303, '/oidc/auth?state=a+b%26c&scope=openid'])
  expect((await post(new FormData())).status).toBe(400)
  expect((await post(new URLSearchParams({ state: 'x'.repeat(20_000) }))).status).toBe(400)
})

test('a code is of one application, one address and one verifier', async () => {
  const session = await sessionOf(await joinAs())
  const code = await codeFor(session, 'shop')
  expect(await redeemAt('wiki', code)).toMatchObject({ error: 'invalid_grant' })
  expect(await redeemAt('shop', { ...code, verifier: 'a'.repeat(43) })).toMatchObject({ error: 'invalid_grant' })
  expect(await redeemAt('shop', code)).toMatchObject({ token_type: 'Bearer' })
})

test('whoever is not signed in comes to the sign-in page, or is refused where no page may be shown, and nothing is kept of them', async () => {
  const kept = async () => [await (await db()).appSession.count(), await (await db()).appToken.count()]
  const before = await kept()
  const { location } = await codeFor('a'.repeat(43), 'shop', { ui_locales: 'de', login_hint: 'x' })
  expect(location.pathname).toBe('/de/login')
  expect(location.searchParams.get('next')).toMatch(/^oidc\/auth\?client_id=shop/)
  expect(await codeFor('a'.repeat(43), 'shop', { prompt: 'none' })).toMatchObject({ error: 'login_required' })
  expect(await kept()).toEqual(before)
})

test('somebody who is signed in is asked to do it again where an application wants that, and then not again', async () => {
  const session = await sessionOf(await joinAs())
  for (const more of [{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }] as Record<
    string,
    string
  >[]) {
    await (await db()).$executeRaw`UPDATE "Session" SET "createdAt" = now() - interval '5 seconds'`
    const { location } = await codeFor(session, 'shop', more)
    expect(location.pathname).toBe('/login')
    expect(location.searchParams.has('again')).toBe(true)
    expect(location.searchParams.get('next')).not.toMatch(/prompt|max_age/)
  }
})

test.each(['log out', 'log out everywhere', 'reset', 'erase'])(
  'after a %s no code or token of the session is worth anything, and each application is to be told once',
  async (way) => {
    const person = await joinAs()
    const session = await sessionOf(person)
    const accountId = await idOf(person)
    const [shop, wiki] = [await redeemAt('shop', await codeFor(session, 'shop')), await codeFor(session, 'wiki')]
    expect(await statusOf(shop.access_token)).toBe(200)
    await endBy(way, person, session, accountId)
    expect(await statusOf(shop.access_token)).toBe(401)
    expect(await redeemAt('wiki', wiki)).toMatchObject({ error: 'invalid_grant' })
    const notices = await (await db()).appNotice.findMany({
      where: { accountId, kind: 'session-revoked' },
      orderBy: { app: 'asc' },
    })
    expect(notices.map(({ app }) => app)).toEqual(['shop', 'wiki'])
  },
)

test('whoever signs in once more in the same browser stays signed in to the applications', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const { access_token } = await redeemAt('shop', await codeFor(session, 'shop'))
  await loggedIn(person, { session })
  expect(await statusOf(access_token)).toBe(200)
  const other = await joinAs()
  const next = await sessionOf(other, { session: await sessionOf(person) })
  expect(await codeFor(next, 'shop')).toMatchObject({ error: null })
})

test.each([
  ['at once', 'signs in once more'],
  ['at once', 'signs out'],
  ['one by one', 'signs in once more'],
  ['one by one', 'signs out'],
])('of a sign-in that was sent twice, %s, whoever %s has the applications with them', async (how, then) => {
  const client = await db()
  const person = await joinAs()
  const former = await sessionOf(person)
  const { access_token } = await redeemAt('shop', await codeFor(former, 'shop'))
  const logInAgain = () => sessionOf(person, { session: former })
  const made =
    how === 'at once' ? await Promise.all([logInAgain(), logInAgain()]) : [await logInAgain(), await logInAgain()]
  // Which of them the browser holds is chance.
  for (const session of made) {
    if (then === 'signs out') await logOut(session)
    else await sessionOf(person, { session })
    const told = await client.appNotice.count({ where: { accountId: await idOf(person) } })
    expect([await statusOf(access_token), told]).toEqual(then === 'signs out' ? [401, 1] : [200, 0])
  }
})

test('an application knows the session of whoever signs in by an id, also where it cannot be told of its end', async () => {
  const session = await sessionOf(await joinAs())
  const { id_token } = await redeemAt('blog', await codeFor(session, 'blog'))
  const { sid } = decodeJwt(id_token ?? '')
  expect(await (await db()).appSession.count({ where: { id: String(sid), app: 'blog' } })).toBe(1)
})

test('in whatever order sessions begin, reach applications and end, no token outlives its session and each end is told', async () => {
  const people: Person[] = []
  while (people.length < 4) people.push(await joinAs())
  const ids = await Promise.all(people.map((person) => idOf(person)))
  const client = await db()
  const given: { session: string; token: string; sid: string }[] = []
  const roam = async () => {
    for (let step = 0; step < 25; step += 1) {
      const place = randomInt(people.length)
      const [person, id] = [people[place] as Person, ids[place] as string]
      const session = await sessionOf(person)
      const code = await codeFor(session, ['shop', 'wiki', 'forum'][randomInt(3)] as string)
      const ending =
        [() => logOut(session), () => logOutEverywhere(id), async () => undefined][randomInt(3)] ?? (() => undefined)
      const [tokens] = await Promise.all([
        redeemAt(code.location.searchParams.get('client_id') ?? 'shop', code),
        ending(),
      ])
      if (tokens.access_token && tokens.id_token)
        given.push({ session, token: tokens.access_token, sid: String(decodeJwt(tokens.id_token).sid) })
    }
  }
  await Promise.all([roam(), roam(), roam(), roam()])
  for (const { session, token } of given) {
    const isLive = (await findSession(session)) !== null
    expect(await statusOf(token)).toBe(isLive ? 200 : 401)
  }
  const reached = given.map(({ session }) => session)
  for (const session of new Set(reached)) {
    const isLive = (await findSession(session)) !== null
    const sids = given.filter((each) => each.session === session).map(({ sid }) => sid)
    const notices = await client.appNotice.count({ where: { appSessionId: { in: sids } } })
    expect(notices).toBe(isLive ? 0 : new Set(sids).size)
  }
})

test('an account that is to be closed enters no application', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  await (await db()).account.update({ where: { id: await idOf(person) }, data: { closesAt: new Date() } })
  expect(await codeFor(session, 'shop', { prompt: 'none' })).toMatchObject({ error: 'login_required' })
})

test('a session that nobody used for a day is over for applications too', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const { access_token } = await redeemAt('shop', await codeFor(session, 'shop'))
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '23 hours' WHERE "tokenHash" = ${sha256(session)}`
  // Going into another application is a use of it.
  await codeFor(session, 'wiki')
  await purge()
  expect(await statusOf(access_token)).toBe(200)
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '25 hours' WHERE "tokenHash" = ${sha256(session)}`
  expect(await statusOf(access_token)).toBe(401)
  await purge()
  const notices = await client.appNotice.findMany({ where: { accountId: await idOf(person) } })
  expect(notices.map(({ app }) => app).toSorted()).toEqual(['shop', 'wiki'])
})

async function endBy(way: string, person: Person, session: string, accountId: string): Promise<void> {
  if (way === 'log out') await logOut(session)
  else if (way === 'log out everywhere') await logOutEverywhere(accountId)
  else if (way === 'erase') await eraseAccount(accountId, { name: 'somebody', reason: null })
  else {
    const token = await resetTokenOf(person)
    const result = await redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
    if (!result.ok) throw new Error(result.code)
  }
}
