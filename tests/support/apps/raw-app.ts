import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import { askUserinfo, redeemCode } from '@/tests/support/apps/asking'
import { asked } from '@/tests/support/apps/protocol'
import type { Target } from '@/tests/support/http/forms'
import { listen } from '@/tests/support/http/listener'

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
  close(): void
}

export async function startRawApp(name: string): Promise<RawApp> {
  const id = name.toLowerCase()
  const secret = randomBytes(32).toString('base64url')
  const { url, close } = await listen(async (request, response) => {
    const token = new URLSearchParams(await text(request)).get('logout_token') ?? ''
    const { answers } = app
    const takes = answers === 'all' || answers === 'too late'
    app[takes ? 'told' : 'missed'].push(String(decodeJwt(token).sid))
    if (answers === 'all' || answers === 'failure') response.writeHead(takes ? 200 : 503).end()
  })
  const client = { id, secret, callback: `${url}/callback` }
  const app: RawApp = {
    id,
    entry: { id, name, secret, redirect_uris: [client.callback], backchannel_logout_uri: `${url}/out` },
    told: [],
    missed: [],
    answers: 'all',
    async ask(target, cookie) {
      const { query, verifier } = asked(client)
      const answer = await fetch(`${target.url}/oidc/auth?${query}`, { headers: { cookie }, redirect: 'manual' })
      const led = new URL(answer.headers.get('location') ?? '/', target.url)
      return { verifier, code: led.searchParams.get('code'), error: led.searchParams.get('error') ?? led.pathname }
    },
    async redeem(target, code) {
      const answer = await redeemCode(target, client, code)
      const { id_token, access_token, error } = (await answer.json()) as Record<string, string>
      if (error) return null
      const idToken = id_token ?? ''
      return { sid: String(decodeJwt(idToken).sid), accessToken: access_token ?? '', idToken }
    },
    close,
  }
  return app
}

/** The status of a look, with an access token, at whose it is. */
export async function lookUp(target: Target, { accessToken }: Entered): Promise<number> {
  return (await askUserinfo(target, accessToken)).status
}
