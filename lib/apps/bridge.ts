import { createHash } from 'node:crypto'
import inject from 'light-my-request'
import { provider } from '@/lib/apps/provider'
import { env } from '@/lib/env'
import { maxBodyBytes, readBytes } from '@/lib/http/read-bytes'

/**
 * Has the provider answer a request of a route: 404 where no application is named. It sees the origin that people use, whatever
 * came with the request, and sets no cookies: our session is the only one.
 */
export async function askProvider(request: Request): Promise<Response> {
  if (env().apps.length === 0) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const body = request.body && (await readBytes(request.body, maxBodyBytes))
  if (request.body && !body) return new Response(null, { status: 413, headers: { 'cache-control': 'no-store' } })
  const { pathname, search } = new URL(request.url)
  const { host, protocol } = new URL(env().appUrl)
  const headers = Object.fromEntries(request.headers)
  const answer = await inject((await provider()).callback(), {
    method: request.method as 'GET',
    url: pathname + search,
    headers: { ...headers, host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) },
    ...(body && { payload: Buffer.from(body) }),
  })
  const told = new Headers()
  for (const [name, value] of Object.entries(answer.headers))
    if (name !== 'set-cookie' && value !== undefined) told.set(name, String(value))
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
