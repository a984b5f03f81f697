import { NextRequest, NextResponse } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'
import { mendedLink } from '@/lib/http/mended-link'
import { appOrigin } from '@/lib/http/origin'
import { refusal, submissionRefusal } from '@/lib/http/refusal'
import { requestIdOf } from '@/lib/http/request-id'
import { transportSecurity } from '@/lib/http/transport-security'
import { isLocale } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'
import { localeCookie, routing } from '@/lib/i18n/routing'
import { isTooLong } from '@/lib/long-address'

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
  const isRead = ['GET', 'HEAD'].includes(request.method)
  if (isFile(path) && isRead) return NextResponse.next()
  const mended = isRead ? mendedLink(path) : null
  const id = requestIdOf(request.headers)
  request.headers.set('x-request-id', id)
  const refused = mended ? leadTo(mended, request) : (refusal(request) ?? (await submissionRefusal(request)))
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
  headers.set('accept-language', preferredLocale(request.headers.get('accept-language')))
  const forwarded = new NextRequest(request, { headers })
  const response = hasLocale(path) ? inLanguage(forwarded) : NextResponse.next({ request: { headers } })
  keepLocale(request, response)
  // A mail in the local mailbox brings a policy of its own, and so does what goes to an application.
  if (!path.startsWith('/dev/mailbox/') && path !== '/oidc/auth')
    response.headers.set('content-security-policy', policy)
  return response
}

/** In the language of its path, or led to one; without its query where no answer could lead there with it. */
function inLanguage(request: NextRequest): NextResponse {
  const response = routeLocale(request)
  const location = response.headers.get('location') ?? ''
  const [path = ''] = location.split('?')
  if (isTooLong(location)) response.headers.set('location', isTooLong(path) ? `${request.nextUrl.origin}/` : path)
  return response
}

/** Says by itself which place is meant, so that nothing of what was asked for goes on. */
function leadTo(path: string, request: NextRequest): Response {
  return NextResponse.redirect(new URL(path, request.nextUrl.origin), { headers: { 'cache-control': 'no-store' } })
}

/** A page sets the cookie of its language where there is none: by that its forms see whether the browser keeps cookies. */
function keepLocale(request: NextRequest, response: NextResponse): void {
  const locale = request.nextUrl.pathname.split('/')[1]
  const { name, ...attributes } = localeCookie
  if (isLocale(locale) && !request.cookies.has(name)) response.cookies.set(name, locale, attributes)
}

/** Pages live under a language; these few paths do not. */
function hasLocale(path: string): boolean {
  return !/^\/(api|dev|oidc|\.well-known|_next)\//.test(path)
}

/** Whether a path is that of a file which is served as it lies. */
function isFile(path: string): boolean {
  return /^\/(_next\/static\/|icon\.svg$|apple-touch-icon\.png$|manifest\.webmanifest$|icons\/\d+\.png$|help\/[a-z]+\/[a-zA-Z]+-(light|dark)\.webp$)/.test(
    path,
  )
}
