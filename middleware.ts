import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'
import { refusal } from '@/lib/http/refusal'
import { routing } from '@/lib/i18n/routing'

const routeLocale = createMiddleware(routing)

/** Language routing, nonce and refusal of what no page of ours sends. It authorises nothing: every action does that itself. */
export default function middleware(request: NextRequest): Response {
  const refused = refusal(request)
  if (refused) return refused
  const policy = contentSecurityPolicy()
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const forwarded = new NextRequest(request, { headers })
  const response = hasLocale(request.nextUrl.pathname)
    ? routeLocale(forwarded)
    : NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** Pages live under a language; these few paths do not. */
function hasLocale(path: string): boolean {
  return !/^\/(api|dev|\.well-known)(\/|$)/.test(path)
}

export const config = { matcher: ['/((?!_next/static|icon.svg|dev/mailbox/.).*)'] }
