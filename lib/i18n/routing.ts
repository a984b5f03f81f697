import { defineRouting } from 'next-intl/routing'
import { appUrlOf, isDeployed } from '@/lib/app-url'
import { defaultLocale, locales } from '@/lib/i18n/locales'

const secure = isDeployed(appUrlOf())

/** Every URL starts with its language. Alternate links stay out of headers: they would repeat the token of a mailed link. */
export const routing = defineRouting({
  locales,
  defaultLocale,
  localePrefix: 'always',
  alternateLinks: false,
  localeCookie: { name: secure ? '__Host-lang' : 'lang', secure, sameSite: 'lax' },
})
