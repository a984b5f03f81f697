import { randomBytes } from 'node:crypto'
import { beforeAll } from 'vitest'
import { askProvider } from '@/lib/http/ask-provider'
import { sha256 } from '@/lib/secrets'

const origin = 'http://localhost:3000'
const callback = 'http://127.0.0.1:9/callback'
const secret = randomBytes(32).toString('base64url')

/** Names applications to the service of a file. Call it before `useService`. */
export function useApps(ids: string[]): void {
  beforeAll(() => {
    process.env.APPS = JSON.stringify(
      ids.map((id) => ({
        id,
        name: id,
        secret,
        redirect_uris: [callback],
        backchannel_logout_uri: 'http://127.0.0.1:9/out',
      })),
    )
  })
}

/** A code that an application gets for whoever has this session, with what redeems it; else the error that it gets. */
export async function codeFor(session: string, app: string, more: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: app,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: callback,
    state: 'state',
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  const answer = await askProvider(new Request(`${origin}/oidc/auth?${query}`), session)
  const location = new URL(answer.headers.get('location') ?? '/', origin)
  return { verifier, code: location.searchParams.get('code'), error: location.searchParams.get('error'), location }
}

type Tokens = { access_token?: string; id_token?: string; error?: string }

export async function redeemAt(
  app: string,
  { code, verifier }: { code: string | null; verifier: string },
): Promise<Tokens> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: callback,
  })
  const authorization = `Basic ${Buffer.from(`${app}:${secret}`).toString('base64')}`
  const answer = await askProvider(
    new Request(`${origin}/oidc/token`, { method: 'POST', body, headers: { authorization } }),
    null,
  )
  return answer.json()
}

/** The status of a look at whose an access token is. */
export async function statusOf(token: string | undefined): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await askProvider(new Request(`${origin}/oidc/userinfo`, { headers }), null)).status
}
