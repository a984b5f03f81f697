import type { NextRequest } from 'next/server'
import { boundaryOf, readMultipart } from '@/lib/http/multipart'
import { appOrigin, comesFromOrigin, mailsLieOpen } from '@/lib/http/origin'
import { isPlainSubmission } from '@/lib/http/plain-submission'
import { isProxied, keepsConnection } from '@/lib/http/proxied'
import { maxBodyBytes, readBytes } from '@/lib/http/read-bytes'
import { requestIdOf } from '@/lib/http/request-id'
import { locales } from '@/lib/i18n/locales'

const noProxy = 'This service shows its mails, so it serves its own machine only. Behind a proxy it needs APP_URL'

/** What is posted here comes from the mail provider or a scheduler, and the route judges it. */
const ofMachines = ['/api/webhooks/resend', '/api/cron/mail']

/** What applications post, as the protocol has it: fields in a form that no page of ours sends. */
const postedByApps = ['/oidc/auth', '/oidc/token', '/oidc/userinfo', '/oidc/end-session']

/** The answer to a request that no page of ours makes, before anything is read of it; null when it may go on. */
export function refusal(request: NextRequest): Response | null {
  const { pathname } = request.nextUrl
  if (!isDecodable(pathname)) return answer(400, 'Not an address')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const elsewhere = isRead ? atOtherName(request) : null
  if (elsewhere) return elsewhere
  if (isFromAfar(request)) return answer(403, noProxy)
  if (isRead) return null
  if (request.method !== 'POST') return answer(405, 'Method not allowed', { allow: 'GET, HEAD, POST' })
  if (isOfMachine(request) || isForwarded(request)) return null
  if (!locales.some((locale) => pathname.startsWith(`/${locale}/`)))
    return answer(405, 'Method not allowed', { allow: 'GET, HEAD' })
  const length = request.headers.get('content-length')
  // One that comes in pieces, as some proxies send it on, says no length: it is counted when it is read.
  if (length !== null && !(Number(length) <= maxBodyBytes)) return answer(413, 'Too large')
  if (boundaryOf(request.headers.get('content-type')) === null) return answer(415, 'Not a form')
  if (comesFromOrigin(request.headers, appOrigin())) return null
  // The runtime of the middleware has no stream for lib/log to write to.
  console.warn(
    JSON.stringify({
      at: new Date().toISOString(),
      event: 'malicious_csrf',
      request: requestIdOf(request.headers),
      origin: whichOrigin(request.headers),
    }),
  )
  return answer(403, 'Not from this site')
}

/** The same for what a submission holds: 413 beyond the most it can be, 400 unless it is a form in one of the shapes that ours have. */
export async function submissionRefusal(request: NextRequest): Promise<Response | null> {
  if (request.method !== 'POST' || isOfMachine(request)) return null
  const body = await readBytes(request.clone().body, maxBodyBytes).catch(() => undefined)
  if (isForwarded(request)) return notOfThisPage()
  if (body === null) return answer(413, 'Too large')
  const boundary = boundaryOf(request.headers.get('content-type'))
  const fields = body && boundary && readMultipart(body, boundary)
  return fields && isPlainSubmission(fields, request.headers.get('next-action'))
    ? null
    : answer(400, 'Not a form of this site')
}

/** For the operator: what proxies do to an origin looks like an attack. */
function whichOrigin(headers: Headers): 'none' | 'null' | 'other' {
  const origin = headers.get('origin')
  if (origin === null) return 'none'
  return origin === 'null' ? 'null' : 'other'
}

/** Next hides some endings of a path from us, and what it could take for an action may then go elsewhere. */
function isOfMachine({ nextUrl, headers }: NextRequest): boolean {
  if (postedByApps.includes(nextUrl.pathname))
    return !/^multipart/i.test(headers.get('content-type') ?? '') && !headers.has('next-action')
  const isForm = /^(multipart\/|application\/x-www-form-urlencoded)/i.test(headers.get('content-type') ?? '')
  return ofMachines.includes(nextUrl.pathname) && !isForm && !headers.has('next-action')
}

/** Next asks itself, where the page that is asked has no such action. */
function isForwarded(request: NextRequest): boolean {
  return request.headers.has('x-action-forwarded')
}

/** Next has to be heard out and to get no body, which it would cut off: either ends in an error that nobody catches. */
function notOfThisPage(): Response {
  return new Response(null, { status: 409, headers: { 'content-length': '0', 'x-nextjs-action-not-found': '1' } })
}

/** A local service has one name, so that no other name that leads to this machine can read from it. */
function atOtherName(request: NextRequest): Response | null {
  const origin = appOrigin()
  if (origin.startsWith('https:') || request.headers.get('host') === new URL(origin).host) return null
  // Next makes a redirect to another name of this machine relative, which would lead back here for ever.
  const location = `${origin}${request.nextUrl.pathname}`
  return answer(404, `This service is at ${location}`, { refresh: `0;url=${location}` })
}

/** Whoever gets here may read the mails that lie open, so only this machine may get here. */
function isFromAfar({ headers, nextUrl }: NextRequest): boolean {
  if (!mailsLieOpen()) return false
  return isProxied(headers, appOrigin()) || (nextUrl.pathname.startsWith('/dev/mailbox') && !keepsConnection(headers))
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
