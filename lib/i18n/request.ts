import { headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { pageTexts } from '@/lib/i18n/catalogues'
import { isLocale } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'

/** What translations of one request use: the language of its URL, else the browser's. A missing text throws. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = isLocale(requested) ? requested : preferredLocale((await headers()).get('accept-language'))
  return {
    locale,
    messages: await pageTexts(locale),
    timeZone: 'UTC',
    onError(error) {
      throw error
    },
  }
})
