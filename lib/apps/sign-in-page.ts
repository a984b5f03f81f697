import type { KoaContextWithOIDC } from 'oidc-provider'
import { base, Check, Prompt } from 'oidc-provider/lib/helpers/interaction_policy/index.js'
import { appRequestOf } from '@/lib/apps/app-request'
import { isLocale } from '@/lib/i18n/locales'
import { logEvent } from '@/lib/log'

/** Those of the library, and that of an application which lets people change who they are: they sign in as somebody else. */
export function prompts() {
  const all = base()
  const isAsked = new Check('select_account_prompt', 'an account is to be chosen', (ctx) =>
    ctx.oidc.promptPending('select_account'),
  )
  all.add(new Prompt({ name: 'select_account', requestable: true }, isAsked), 0)
  return all
}

/** Whoever is not signed in, or is to do it again, comes to the sign-in page, and from there back with the same request. */
export function signInPage(ctx: KoaContextWithOIDC): string {
  // A hint of somebody else would not come true by asking again; the application sees who it is.
  const { prompt, max_age, id_token_hint, ...params } = ctx.oidc.params ?? {}
  const again = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') again.set(name, value)
  // A sign-in that is new is recent enough.
  if (Number(max_age) > 60) again.set('max_age', String(max_age))
  const next = appRequestOf(`oidc/auth?${again}`)
  if (!next) {
    logEvent('app_refused', { app: ctx.oidc.client?.clientId ?? null, error: 'invalid_request', reason: 'too long' })
    return `${languageOf(params.ui_locales)}/app-problem`
  }
  const query = new URLSearchParams({ next, ...(ctx.oidc.session?.accountId && { again: '' }) })
  return `${languageOf(params.ui_locales)}/login?${query}`
}

/** The first of our languages that an application wishes, as paths begin with it; empty where it is left to the browser. */
export function languageOf(wished: unknown): string {
  const languages = String(wished ?? '')
    .split(' ')
    .map((tag) => tag.split('-')[0])
  const locale = languages.find((language) => isLocale(language))
  return locale ? `/${locale}` : ''
}
