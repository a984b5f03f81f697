import { defineRouting } from 'next-intl/routing'
import { appUrlOf, isDeployed } from '@/lib/app-url'
import { defaultLocale, locales } from '@/lib/i18n/locales'

const secure = isDeployed(appUrlOf())

/** Keeps the language of the pages that a browser reads. */
export const localeCookie = { name: secure ? '__Host-lang' : 'lang', secure, sameSite: 'lax', path: '/' } as const

/** Every URL starts with its language. Alternate links stay out of headers: they would repeat the token of a mailed link. */
export const routing = defineRouting({
  locales,
  defaultLocale,
  localePrefix: 'always',
  alternateLinks: false,
  localeCookie,
})
