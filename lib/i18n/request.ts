import { getRequestConfig } from 'next-intl/server'
import { catalogues } from '@/lib/i18n/catalogues'
import { defaultLocale, isLocale } from '@/lib/i18n/locales'

/** What translations of one request use: the language of its URL, else the default one. A missing text throws. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = isLocale(requested) ? requested : defaultLocale
  return {
    locale,
    messages: catalogues[locale],
    timeZone: 'UTC',
    onError(error) {
      throw error
    },
  }
})
