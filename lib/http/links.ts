import { redirect } from 'next/navigation'
import type { z } from 'zod'
import type { LinkProblem, Unopened } from '@/lib/accounts/codes'
import { type LinkPage, mailedLinks } from '@/lib/accounts/mailed-links'
import { peekLink } from '@/lib/accounts/peek-link'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { type FormContext, type FormState, handleForm, type Refusal } from '@/lib/http/form'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest, logEvent } from '@/lib/log'
import { deriveToken, isToken } from '@/lib/secrets'

type LinkParams = { params: Promise<{ locale: string; token: string }> }

/** What the address of a link's page says: `opened` right after the mail's link, `link` from then on. */
export type LinkQuery = Promise<{ opened?: string | string[]; link?: string | string[] }>

/** The links to one page that a browser keeps, the last ones it followed. */
const maxFollowed = 4

/** The route of a mailed link: takes its token out of the URL into a cookie and forwards to the bare page. Looks nothing up, consumes nothing. */
export function keepLink(page: LinkPage) {
  return async (request: Request, { params }: LinkParams): Promise<never> => {
    const { locale, token } = await params
    if (!isWhole(token)) redirect(`/${locale}/${page}?opened=`)
    const { cookie, lifetimeSeconds } = mailedLinks[page]
    const others = (await followedTokens(page)).filter((other) => other !== token)
    await setCookie(cookie, [token, ...others].slice(0, maxFollowed).join('.'), lifetimeSeconds)
    inRequest(requestIdOf(request.headers), () => logEvent('link_followed', { page }))
    redirect(`/${locale}/${page}?opened=${fingerprint(token)}`)
  }
}

/**
 * The link that a page is about, as its address says, or the only one that this browser followed: its token, null when there is
 * none, the fingerprint that the form of the page gives back, and whether it still serves, or why not. Right after the mail's
 * link it leads on to the page without that word, unless no cookie came back.
 */
export async function openedLink<Page extends LinkPage>(
  page: Page,
  locale: string,
  query: LinkQuery,
): Promise<{ token: string | null; link: string; state: 'live' | LinkProblem<Page> | Unopened }> {
  const { opened, link } = await query
  const tokens = await followedTokens(page)
  const token = tokenOf(tokens, opened ?? link)
  const none = { token: null, link: '' }
  if (opened === '') return { ...none, state: 'damaged' }
  if (opened !== undefined && !token) return { ...none, state: 'no_cookie' }
  if (opened !== undefined) redirect(linkPath(page, locale, `${opened}`))
  if (token === undefined) return { ...none, state: 'another_link' }
  return { token, link: token ? fingerprint(token) : '', state: await peekLink(page, token) }
}

/** The page of a link, or one below it. It says which link, for this browser may follow others before it is drawn again. */
function linkPath(page: LinkPage, locale: string, link?: string, below = ''): string {
  return `/${locale}/${page}${below}${link ? `?link=${encodeURIComponent(link)}` : ''}`
}

/**
 * Runs one submission of the page of a link, as `handleForm` does, for the link that the page was opened with. Where this
 * browser does not keep that one any more, it leads to the page that says so, and nothing counts.
 */
export async function handleLinkForm<Schema extends z.ZodObject>(
  page: LinkPage,
  { link }: FormState,
  form: unknown,
  schema: Schema,
  handle: (token: string | null, input: z.output<Schema>, context: LinkContext) => Promise<Refusal>,
): Promise<FormState> {
  const state = await handleForm(form, schema, async (input, context) => {
    const token = tokenOf(await followedTokens(page), link)
    const pathOf = (below?: string) => linkPath(page, context.locale, link, below)
    if (token === undefined) redirect(pathOf() + (link ? '' : '?link='))
    return handle(token, input, { ...context, pathOf })
  })
  return { ...state, ...(link && { link }) }
}

/** `pathOf`: the page of the link, or one below it. */
export type LinkContext = FormContext & { pathOf: (below?: string) => string }

/** The tokens of the links to this page that this browser followed, the last one first. They stay when used: the page can then say so. */
async function followedTokens(page: LinkPage): Promise<string[]> {
  const kept = await readCookie(mailedLinks[page].cookie)
  return (kept ?? '').split('.').filter(isToken).slice(0, maxFollowed)
}

/** The token with this fingerprint; without one the only token, null when there is none; undefined when it is another's. */
function tokenOf(tokens: string[], link: unknown): string | null | undefined {
  if (tokens.length === 0) return null
  if (link === undefined) return tokens.length === 1 ? tokens[0] : undefined
  return tokens.find((token) => fingerprint(token) === link)
}

/** By what a page tells which link it was opened with: keyed, so that it says nothing of the token. */
function fingerprint(token: string): string {
  return deriveToken('followed_link', token).slice(0, 22)
}

/** No token of ours is without a capital letter, so one that has none was changed on its way. */
function isWhole(token: string): boolean {
  return isToken(token) && /[A-Z]/.test(token)
}
