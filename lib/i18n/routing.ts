import { defineRouting } from 'next-intl/routing'
import { defaultLocale, locales } from '@/lib/i18n/locales'

const secure = process.env.APP_URL?.trim().startsWith('https:') === true

/** Every URL starts with its language. Alternate links stay out of headers: they would repeat the token of a mailed link. */
export const routing = defineRouting({
  locales,
  defaultLocale,
  localePrefix: 'always',
  alternateLinks: false,
  localeCookie: { name: secure ? '__Host-lang' : 'lang', secure, sameSite: 'lax' },
})
