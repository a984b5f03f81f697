import { randomBytes } from 'node:crypto'
import { sha256 } from '@/lib/secrets'
import type { Service } from '@/tests/support/app/service'
import type { Party } from '@/tests/support/apps/party'
import { untilNotBusy } from '@/tests/support/http/answers'
import { cookiesOf, submitTo } from '@/tests/support/http/forms'
import { credentialsOf } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'

/** What an application asks for, as it is sent, and what it keeps to take the answer. */
export type AskedFor = { query: URLSearchParams; verifier: string }

/** Asks for no more than who somebody is; null leaves a parameter out. */
export function asked({ id, callback }: Party, changes: Record<string, string | null> = {}): AskedFor {
  const verifier = random()
  const all: Record<string, string | null> = {
    client_id: id,
    redirect_uri: callback,
    scope: 'openid',
    state: random(),
    nonce: random(),
    response_type: 'code',
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    ...changes,
  }
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  return { query: new URLSearchParams(sent), verifier }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

/** Where a request of a browser with these cookies leads. */
export async function led({ url }: Service, path: string, cookie = ''): Promise<URL> {
  const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (answer.status !== 303 || location === null) throw new Error(`${path} answered ${answer.status}`)
  return new URL(location, url)
}

/** Where it leads to ask for this. */
export function ledByAsking(door: Service, { query }: AskedFor, cookie?: string): Promise<URL> {
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

type Redeemed = { code: string | null; verifier: string; redirectUri?: string; isBasic?: boolean }

/** Redeems a code, with the secret of the application in the header or in the body. */
export function redeemCode(
  { url }: Service,
  { id, secret, callback }: Party,
  { code, verifier, redirectUri = callback, isBasic = true }: Redeemed,
): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: redirectUri,
    ...(isBasic ? {} : { client_id: id, client_secret: secret }),
  })
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  return fetch(`${url}/oidc/token`, { method: 'POST', body, headers: isBasic ? { authorization } : {} })
}

export function askUserinfo({ url }: Service, token: string, method = 'GET'): Promise<Response> {
  return fetch(`${url}/oidc/userinfo`, { method, headers: { authorization: `Bearer ${token}` } })
}
