import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'
import { appOrigin } from '@/lib/http/origin'
import { refusal, submissionRefusal } from '@/lib/http/refusal'
import { requestIdOf } from '@/lib/http/request-id'
import { transportSecurity } from '@/lib/http/transport-security'
import { routing } from '@/lib/i18n/routing'

const routeLocale = createMiddleware(routing)

/** Language routing, nonce, the id of the request, and refusal of what no page of ours sends. It authorises nothing: every action does that itself. */
export default async function middleware(request: NextRequest): Promise<Response> {
  const response = await respond(request)
  // Browsers heed it on https alone.
  response.headers.set('strict-transport-security', transportSecurity())
  return response
}

async function respond(request: NextRequest): Promise<Response> {
  const path = request.nextUrl.pathname
  if (isFile(path) && ['GET', 'HEAD'].includes(request.method)) return NextResponse.next()
  const id = requestIdOf(request.headers)
  request.headers.set('x-request-id', id)
  const refused = refusal(request) ?? (await submissionRefusal(request))
  const response = refused ?? serve(request, path)
  response.headers.set('x-request-id', id)
  return response
}

function serve(request: NextRequest, path: string): Response {
  const policy = contentSecurityPolicy()
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  // Next compares a submission's origin with this one, which clients can write; ours has been compared already.
  headers.set('x-forwarded-host', new URL(appOrigin()).host)
  const forwarded = new NextRequest(request, { headers })
  const response = hasLocale(path) ? routeLocale(forwarded) : NextResponse.next({ request: { headers } })
  // A mail in the local mailbox brings a policy of its own.
  if (!path.startsWith('/dev/mailbox/')) response.headers.set('content-security-policy', policy)
  return response
}

/** What is served as it lies. */
function isFile(path: string): boolean {
  return /^\/(_next\/static\/|icon\.svg$|help\/[a-z]+\/[a-zA-Z]+-(light|dark)\.webp$)/.test(path)
}

/** Pages live under a language; these few paths do not. */
function hasLocale(path: string): boolean {
  return !/^\/(api|dev|\.well-known|_next)(\/|$)/.test(path)
}
