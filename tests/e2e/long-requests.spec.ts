import { expect } from '@playwright/test'
import { threeAppsTest as test } from '@/tests/support/apps/door-test'
import { rawRequest } from '@/tests/support/http/raw-request'
import { joinRaw, logInRaw } from '@/tests/support/http/raw-walks'

/** What is written longer in an address than it was sent, once or by each address that it is put into. */
const fillers = ['!', '%', '%25', '*', '&a', '%C3%A9']
/** As much as a proxy lets through. */
const longest = 8_000
/** As much as proxies take by default. */
const most = 8_192

test('however long and odd a request is, its answer has no headers that a proxy would not take', async ({
  door,
  apps: [shop],
}) => {
  const session = await logInRaw(door, await joinRaw(door))
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
    `/fr/login?next=${encodeURIComponent(`oidc${asked?.slice(5)}`)}`,
    '/fr/go-on?to=oidc/auth?client_id=shop&a=',
    '/fr/log-out?next=oidc/end-session?client_id=shop&a=',
    '/oidc/auth?a=',
    `${asked}&state=`,
    `${asked}&prompt=none&state=`,
    `${asked}&response_mode=form_post&state=`,
    `${leave}&state=`,
    '/oidc/end-session?a=',
    '/oidc/userinfo?access_token=',
    '/api/session?then=sign-in&a=',
  ]
  const tried = async (target: string, method: 'GET' | 'POST', headers: string[], body = Buffer.alloc(0)) => {
    const answer = await rawRequest({ port: door.app.port, method, target, headers, body })
    const size = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
    expect.soft(size, `${method} ${target.slice(0, 60)} … ${target.slice(-3)}`).toBeLessThan(most)
    expect.soft(answer.status, target.slice(0, 60)).toBeLessThan(500)
  }
  for (const cookie of ['', session])
    for (const filler of fillers) {
      for (const target of targets) {
        const filled = target + filler.repeat((longest - target.length) / filler.length)
        await tried(filled, 'GET', ['host', new URL(door.url).host, 'cookie', cookie])
      }
      const original = `/app/${filler.repeat(longest / filler.length)}`
      await tried('/api/session?then=sign-in', 'GET', ['host', new URL(door.url).host, 'x-original-uri', original])
      for (const path of ['/oidc/auth', '/oidc/end-session', '/oidc/token']) {
        const form = ['host', new URL(door.url).host, 'content-type', 'application/x-www-form-urlencoded']
        await tried(path, 'POST', form, Buffer.from(`a=${filler.repeat(longest / filler.length)}`))
        await tried(path, 'POST', form, Buffer.from(`a=${'\u0001'.repeat(longest)}`))
      }
    }
})
