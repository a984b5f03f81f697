import type { NextRequest } from 'next/server'
import { isPlainSubmission } from '@/lib/http/action-wire'
import { comesFromOrigin } from '@/lib/http/origin'

/** The most bytes a form of ours can have, in any script and with every field full. */
const maxBodyBytes = 16 * 1024

/** The answer to a request that no page of ours makes, before anything is read of it; null when it may go on. */
export function refusal(request: NextRequest): Response | null {
  if (!isDecodable(request.nextUrl.pathname)) return answer(400, 'Not an address')
  if (request.method === 'GET' || request.method === 'HEAD') return atOtherName(request)
  if (request.method !== 'POST') return answer(405, 'Method not allowed', { allow: 'GET, HEAD, POST' })
  if (request.nextUrl.pathname.startsWith('/api/')) return null
  const length = request.headers.get('content-length')
  if (length === null) return answer(411, 'Length required')
  if (!(Number(length) <= maxBodyBytes)) return answer(413, 'Too large')
  if (!/^multipart\/form-data; *boundary=[\w'()+,./:=?-]{1,70}$/i.test(request.headers.get('content-type') ?? ''))
    return answer(415, 'Not a form')
  if (comesFromOrigin(request.headers, appOrigin())) return null
  // The runtime of the middleware has no stream for lib/log to write to.
  console.warn(JSON.stringify({ at: new Date().toISOString(), event: 'malicious_csrf' }))
  return answer(403, 'Not from this site')
}

/** The same for what a submission holds: 400 unless it is a form in the one shape that ours have. */
export async function submissionRefusal(request: NextRequest): Promise<Response | null> {
  if (request.method !== 'POST' || request.nextUrl.pathname.startsWith('/api/')) return null
  const form = await request
    .clone()
    .formData()
    .catch(() => null)
  if (form && isPlainSubmission(form, request.headers.get('next-action'))) return null
  return answer(400, 'Not a form of this site')
}

/** The origin of this service, as configured. */
export function appOrigin(): string {
  const local = `http://localhost:${process.env.PORT?.trim() || '3000'}`
  return new URL(process.env.APP_URL?.trim() || local).origin
}

/** A local service has one name, so that no other name that leads to this machine can read from it. */
function atOtherName(request: NextRequest): Response | null {
  const origin = appOrigin()
  if (origin.startsWith('https:') || request.headers.get('host') === new URL(origin).host) return null
  // Next makes a redirect to another name of this machine relative, which would lead back here for ever.
  const location = `${origin}${request.nextUrl.pathname}`
  return answer(404, `This service is at ${location}`, { refresh: `0;url=${location}` })
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== null
  } catch {
    return false
  }
}

function answer(status: number, text: string, headers: Record<string, string> = {}): Response {
  const policy = "default-src 'none'; frame-ancestors 'none'"
  return new Response(`${text}\n`, {
    status,
    headers: { 'cache-control': 'no-store', 'content-security-policy': policy, ...headers },
  })
}
