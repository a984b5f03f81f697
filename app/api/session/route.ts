import { returnPathOf } from '@/lib/apps/return-to'
import { env } from '@/lib/env'
import { bareAnswer } from '@/lib/http/bare-answer'
import { readCookie } from '@/lib/http/cookies'

/**
 * Tells a proxy in front of an application of the same origin who is signed in: 200 with the account, or 401. With `?then=sign-in`, for
 * proxies that pass our answer on, whoever is not is led to the sign-in page, unless a script asks. 404 where no path is named (`RETURN_TO`).
 */
export async function GET(request: Request): Promise<Response> {
  if (env().returnTo.length === 0) return bareAnswer(404)
  const token = await readCookie('session')
  const { findSession } = await import('@/lib/accounts/sessions')
  const signedIn = token === null ? null : await findSession(token)
  // An account that is to be closed enters nothing: its page says so, and how to keep it.
  const account = signedIn?.closesAt ? null : signedIn
  const { headers } = request
  const back = returnPathOf(headers.get('x-original-uri') ?? headers.get('x-forwarded-uri'))
  const signIn = `${env().appUrl}/${signedIn ? 'account' : `login${back ? `?${new URLSearchParams({ next: back })}` : ''}`}`
  const isPage = (headers.get('sec-fetch-mode') ?? 'navigate') === 'navigate'
  const leads = account === null && isPage && new URL(request.url).searchParams.get('then') === 'sign-in'
  return bareAnswer(account ? 200 : leads ? 303 : 401, {
    // Each always, or a proxy would let through what somebody sent under its name.
    'x-auth-request-user': account?.id ?? '',
    'x-auth-request-email': account?.email ?? '',
    'x-auth-request-locale': account?.locale ?? '',
    'x-auth-sign-in': account ? '' : signIn,
    ...(leads && { location: signIn }),
  })
}
