import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import { sha256 } from '@/lib/secrets'
import type { Target } from '@/tests/support/http/forms'

/** Whom an application has let in. */
export type Entered = { sid: string; accessToken: string; idToken: string }

/** A code that somebody brought to an application; `error` where there was none. */
export type Code = { code: string | null; verifier: string; error: string | null }

/** An application by the bare protocol, for services that are not reached by their own address. It believes whatever it is told. */
export type RawApp = {
  id: string
  /** For `APPS`. */
  entry: object
  /** The `sid` of every session that it was told is over, as often as it was told. */
  told: string[]
  /** What it was told and did not take. */
  missed: string[]
  /** What comes of telling it: it takes all, answers 503, says nothing at all, or takes it and says nothing. */
  answers: 'all' | 'failure' | 'nothing' | 'too late'
  /** Sends a browser with these cookies to ask for a code. */
  ask(target: Target, cookie: string): Promise<Code>
  /** Redeems a code; null where it is worth nothing. */
  redeem(target: Target, code: Code): Promise<Entered | null>
  close(): Promise<void>
}

export async function startRawApp(name: string): Promise<RawApp> {
  const id = name.toLowerCase()
  const secret = randomBytes(32).toString('base64url')
  const server = createServer(async (request, response) => {
    const token = new URLSearchParams(await text(request)).get('logout_token') ?? ''
    const { answers } = app
    const takes = answers === 'all' || answers === 'too late'
    app[takes ? 'told' : 'missed'].push(String(decodeJwt(token).sid))
    if (answers === 'all' || answers === 'failure') response.writeHead(takes ? 200 : 503).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const callback = `${url}/callback`
  const app: RawApp = {
    id,
    entry: { id, name, secret, redirect_uris: [callback], backchannel_logout_uri: `${url}/out` },
    told: [],
    missed: [],
    answers: 'all',
    async ask(target, cookie) {
      const verifier = randomBytes(32).toString('base64url')
      const query = new URLSearchParams({
        client_id: id,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: callback,
        code_challenge: sha256(verifier),
        code_challenge_method: 'S256',
      })
      const answer = await fetch(`${target.url}/oidc/auth?${query}`, { headers: { cookie }, redirect: 'manual' })
      const led = new URL(answer.headers.get('location') ?? '/', target.url)
      return { verifier, code: led.searchParams.get('code'), error: led.searchParams.get('error') ?? led.pathname }
    },
    async redeem(target, { code, verifier }) {
      const answer = await fetch(`${target.url}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: code ?? '',
          code_verifier: verifier,
          redirect_uri: callback,
        }),
      })
      const { id_token, access_token, error } = (await answer.json()) as Record<string, string>
      if (error) return null
      const idToken = id_token ?? ''
      return { sid: String(decodeJwt(idToken).sid), accessToken: access_token ?? '', idToken }
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return app
}

/** The status of a look, with an access token, at whose it is. */
export async function lookUp(target: Target, { accessToken }: Entered): Promise<number> {
  const answer = await fetch(`${target.url}/oidc/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
  return answer.status
}
