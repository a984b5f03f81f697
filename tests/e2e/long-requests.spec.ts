import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { threeAppsTest as test } from '@/tests/support/apps/door-test'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { credentialsOf, joinRaw, logInRaw } from '@/tests/support/http/raw-walks'

/** What is written longer in an address than it was sent, once or by each address that it is put into. */
const fillers = ['!', '%', '%21', '%25', '*', '~', '%26~', '%C3%A9']
/** As much as a proxy lets through; as is taken of what an application asks; and as of a path to return to. */
const [whole, request, path] = [8_000, 2_990, 1_990]
/** As much as proxies take of the headers of an answer by default. */
const most = 8_192

test('however long and odd a request is, its answer has no headers that a proxy would not take', async ({
  door,
  apps: [shop],
}) => {
  test.slow()
  const person = await joinRaw(door)
  const session = await logInRaw(door, person)
  const [asked, leave] = [new URL(await shop.signInUrl()), new URL(shop.signOutUrl(false))].map(
    ({ pathname, search }) => pathname + search.replace(/&state=[^&]*/, ''),
  )
  const targets = [
    '/',
    '/?a=',
    '/login?a=',
    '/fr/login?next=',
    '/fr/login/',
    '/fr/reset-password/',
    `${asked}&state=`,
    `${asked}&prompt=none&state=`,
    `${asked}&response_mode=form_post&state=`,
    `${leave}&state=`,
    '/oidc/end-session?a=',
    '/oidc/userinfo?access_token=',
    '/api/session?then=sign-in&a=',
  ]
  const within = {
    '/fr/login?next=': `oidc${asked?.slice(5)}&state=`,
    '/fr/login?again&next=': `oidc${asked?.slice(5)}&state=`,
    '/fr/go-on?to=': `oidc${asked?.slice(5)}&state=`,
    '/fr/log-out?next=': `oidc${leave?.slice(5)}&state=`,
  }
  const form = ['content-type', 'application/x-www-form-urlencoded']
  for (const cookie of ['', session])
    for (const filler of fillers) {
      const fill = (head: string, size: number) =>
        head + filler.repeat(Math.max(0, (size - head.length) / filler.length))
      const headers = ['host', new URL(door.url).host, 'cookie', cookie]
      for (const target of targets) await expectTaken(door, fill(target, whole), 'GET', headers)
      for (const [page, head] of Object.entries(within))
        await expectTaken(door, page + encodeURIComponent(fill(head, request)), 'GET', headers)
      for (const then of ['', '?then=sign-in'])
        await expectTaken(door, `/api/session${then}`, 'GET', [...headers, 'x-original-uri', fill('/app/', path)])
      for (const target of ['/oidc/auth', '/oidc/end-session', '/oidc/token'])
        await expectTaken(door, target, 'POST', [...headers, ...form], Buffer.from(fill('a=', whole)))
    }
  for (const filler of ['~', '%21', '%7E', '%26'])
    for (const scripted of [true, false]) {
      const next = (within['/fr/login?next='] + filler.repeat(request)).slice(0, request)
      const opened = await readForm(door.url, `/fr/login?next=${encodeURIComponent(next)}`)
      expectSmall(await submitRaw(door, opened, credentialsOf(person), { scripted }), `a sign-in with ${filler}`)
    }
})

async function expectTaken(
  { app }: Service,
  target: string,
  method: 'GET' | 'POST',
  headers: string[],
  body = Buffer.alloc(0),
): Promise<void> {
  const answer = await rawRequest({ port: app.port, method, target, headers, body })
  const place = `${method} ${target.slice(0, 60)} … ${target.slice(-3)}, ${target.length} signs`
  expect.soft(answer.status, place).toBeLessThan(500)
  expectSmall(answer, place)
}

function expectSmall(answer: Response, place: string): void {
  const size = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  expect.soft(size, place).toBeLessThan(most)
}
