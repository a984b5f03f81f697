import type { Service } from '@/tests/support/app/service'
import { type AskedFor, type Client, redemption } from '@/tests/support/apps/protocol'
import { untilNotBusy } from '@/tests/support/http/answers'
import { cookiesOf, submitTo } from '@/tests/support/http/forms'
import { credentialsOf } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'

type Reached = Pick<Service, 'url'>

/** Where a request of a browser with these cookies leads. */
export async function led({ url }: Reached, path: string, cookie = ''): Promise<URL> {
  const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (answer.status !== 303 || location === null) throw new Error(`${path} answered ${answer.status}`)
  return new URL(location, url)
}

/** Where it leads to ask for this. */
export function ledByAsking(door: Reached, { query }: AskedFor, cookie?: string): Promise<URL> {
  return led(door, `/oidc/auth?${query}`, cookie)
}

/** Signs in on the page to which an application led, and goes on: to where, and with what cookies from then on. */
export async function signedInAt(
  door: Service,
  page: URL,
  person: Person,
  cookie?: string,
): Promise<{ to: URL; cookie: string }> {
  const path = page.pathname === '/login' ? '/fr/login' : page.pathname
  const answer = await untilNotBusy(() =>
    submitTo(door, path + page.search, credentialsOf(person), cookie ? { cookie } : {}),
  )
  const between = new URL(answer.headers.get('location') ?? '', door.url)
  const to = between.searchParams.get('to')
  if (!/^\/\w\w\/go-on$/.test(between.pathname) || to === null) throw new Error(`led to ${between}`)
  const kept = cookiesOf(answer)
  return { to: await led(door, `/${to}`, kept), cookie: kept }
}

/** Redeems a code at a service. */
export function redeemCode(
  { url }: Reached,
  client: Client,
  redeemed: Parameters<typeof redemption>[1],
): Promise<Response> {
  return fetch(`${url}/oidc/token`, redemption(client, redeemed))
}

/** Asks whose an access token is. */
export function askUserinfo({ url }: Reached, token: string, method = 'GET'): Promise<Response> {
  return fetch(`${url}/oidc/userinfo`, { method, headers: { authorization: `Bearer ${token}` } })
}
