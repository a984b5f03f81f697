import { randomBytes } from 'node:crypto'
import { beforeAll } from 'vitest'
import { askProvider } from '@/lib/http/ask-provider'
import { asked, redemption } from '@/tests/support/apps/protocol'

const origin = 'http://localhost:3000'
const callback = 'http://127.0.0.1:9/callback'
const secret = randomBytes(32).toString('base64url')

/** Names applications to the service of a file, and some that cannot be told. Call it before `useService`. */
export function useApps(ids: string[], deaf: string[] = []): void {
  beforeAll(() => {
    process.env.APPS = JSON.stringify(
      [...ids, ...deaf].map((id) => ({
        id,
        name: id,
        secret,
        redirect_uris: [callback],
        ...(!deaf.includes(id) && { backchannel_logout_uri: 'http://127.0.0.1:9/out' }),
      })),
    )
  })
}

/** A code that an application gets for whoever has this session, with what redeems it; else the error that it gets. */
export async function codeFor(session: string, app: string, more: Record<string, string> = {}) {
  const { query, verifier } = asked({ id: app, callback }, { scope: 'openid profile email', ...more })
  const answer = await askProvider(new Request(`${origin}/oidc/auth?${query}`), session)
  const location = new URL(answer.headers.get('location') ?? '/', origin)
  return { verifier, code: location.searchParams.get('code'), error: location.searchParams.get('error'), location }
}

type Tokens = { access_token?: string; id_token?: string; error?: string }

export async function redeemAt(app: string, code: { code: string | null; verifier: string }): Promise<Tokens> {
  const request = new Request(`${origin}/oidc/token`, redemption({ id: app, secret, callback }, code))
  const answer = await askProvider(request, null)
  return answer.json()
}

/** The status of a look at whose an access token is. */
export async function statusOf(token: string | undefined): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await askProvider(new Request(`${origin}/oidc/userinfo`, { headers }), null)).status
}
