import { redirect } from 'next/navigation'
import type { LinkProblem } from '@/lib/accounts/codes'
import { type LinkPage, mailedLinks } from '@/lib/accounts/mailed-links'
import { peekAddress, peekLink } from '@/lib/accounts/peek-link'
import { clearCookie, readCookie, setCookie } from '@/lib/http/cookies'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest, logEvent } from '@/lib/log'
import { isToken } from '@/lib/secrets'

type LinkParams = { params: Promise<{ locale: string; token: string }> }

/** The route of a mailed link: takes its token out of the URL into a cookie and forwards to the bare page. Looks nothing up, consumes nothing. */
export function keepLink(page: LinkPage) {
  return async (request: Request, { params }: LinkParams): Promise<never> => {
    const { locale, token } = await params
    const { cookie, lifetimeSeconds } = mailedLinks[page]
    if (isToken(token)) {
      await setCookie(cookie, token, lifetimeSeconds)
      inRequest(requestIdOf(request.headers), () => logEvent('link_followed', { page }))
    } else await clearCookie(cookie)
    redirect(`/${locale}/${page}`)
  }
}

/** The token of the link to this page that this browser followed last, or null. It stays when used: its page can then say so. */
export function followedLink(page: LinkPage): Promise<string | null> {
  return readCookie(mailedLinks[page].cookie)
}

/** Whether the link to this page that this browser followed last still serves, or why not. */
export async function linkState<Page extends LinkPage>(page: Page): Promise<'live' | LinkProblem<Page>> {
  return peekLink(page, await followedLink(page))
}

/** Where the link to this page that this browser followed last was mailed to, for password managers; nothing when it serves no more. */
export async function linkAddress(page: LinkPage): Promise<string> {
  return peekAddress(page, await followedLink(page))
}
