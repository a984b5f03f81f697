import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'
import { appOrigin, refusal, submissionRefusal } from '@/lib/http/refusal'
import { routing } from '@/lib/i18n/routing'

const routeLocale = createMiddleware(routing)

/** Language routing, nonce and refusal of what no page of ours sends. It authorises nothing: every action does that itself. */
export default async function middleware(request: NextRequest): Promise<Response> {
  const refused = refusal(request) ?? (await submissionRefusal(request))
  if (refused) return refused
  const policy = contentSecurityPolicy()
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  // Next compares a submission's origin with this one, which clients can write; ours has been compared already.
  headers.set('x-forwarded-host', new URL(appOrigin()).host)
  const forwarded = new NextRequest(request, { headers })
  const path = request.nextUrl.pathname
  const response = hasLocale(path) ? routeLocale(forwarded) : NextResponse.next({ request: { headers } })
  // A mail in the local mailbox brings a policy of its own.
  if (!path.startsWith('/dev/mailbox/')) response.headers.set('content-security-policy', policy)
  return response
}

/** Pages live under a language; these few paths do not. */
function hasLocale(path: string): boolean {
  return !/^\/(api|dev|\.well-known|_next)(\/|$)/.test(path)
}

export const config = { matcher: ['/((?!_next/static/|icon.svg$|help/[a-z]+/[a-zA-Z]+-(?:light|dark)\\.webp$).*)'] }
