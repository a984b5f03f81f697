import { createHash } from 'node:crypto'
import inject from 'light-my-request'
import { hasApps } from '@/lib/apps/apps'
import { provider, providerCookie } from '@/lib/apps/provider'
import { env } from '@/lib/env'
import { bareAnswer } from '@/lib/http/bare-answer'
import { readCookie } from '@/lib/http/cookies'
import { lead } from '@/lib/http/lead'
import { maxBodyBytes, readBytes } from '@/lib/http/read-bytes'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest } from '@/lib/log'
import { isTooLong } from '@/lib/long-address'

/** Of an answer what is ours to say: the library sets no cookie, and the connection is none of its own. */
const own = ['set-cookie', 'connection', 'keep-alive', 'transfer-encoding', 'date']

/** Has the provider answer a request of a route, by the session of this browser. */
export async function answerByProvider(request: Request): Promise<Response> {
  return askProvider(request, await readCookie('session'))
}

/**
 * The same by the session of a token: 404 where no application is named. It sees the origin that people use, whatever came with the
 * request, and no cookie but that one, and it sets none: our session is the only one.
 */
export async function askProvider(request: Request, session: string | null): Promise<Response> {
  if (!hasApps()) return bareAnswer(404)
  const body = request.body && (await readBytes(request.body, maxBodyBytes))
  if (request.body && !body) return bareAnswer(413)
  const { pathname, search } = new URL(request.url)
  // The database keeps what stands in a request, but not that sign.
  if (search.includes('%00')) return bareAnswer(400)
  const { host, protocol } = new URL(env().appUrl)
  const headers = Object.fromEntries(request.headers)
  const answer = await inRequest(requestIdOf(request.headers), async () =>
    inject((await provider()).callback(), {
      method: request.method as 'GET',
      url: pathname + search,
      headers: {
        ...headers,
        host,
        'x-forwarded-host': host,
        'x-forwarded-proto': protocol.slice(0, -1),
        cookie: session === null ? '' : `${providerCookie}=${session}`,
      },
      ...(body && { payload: Buffer.from(body) }),
    }),
  )
  const { location = '' } = answer.headers
  if (isTooLong(String(location))) return lead(String(location))
  const told = new Headers()
  for (const [name, value] of Object.entries(answer.headers))
    if (!own.includes(name) && value !== undefined) told.set(name, String(value))
  if (!told.has('cache-control')) told.set('cache-control', 'no-store')
  told.set('content-security-policy', policyOf(told.get('content-type') ?? '', answer.payload))
  return new Response(answer.rawPayload.length > 0 ? new Uint8Array(answer.rawPayload) : null, {
    status: answer.statusCode,
    headers: told,
  })
}

/** What a browser may load by an answer: nothing but the line by which a page posts itself to an application. */
function policyOf(type: string, text: string): string {
  const script = type.startsWith('text/html') && /<script>(.*?)<\/script>/s.exec(text)?.[1]
  const scripts = script ? `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; ` : ''
  return `default-src 'none'; ${scripts}frame-ancestors 'none'`
}
