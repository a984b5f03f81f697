import { cookies, headers } from 'next/headers'
import { currentAccount } from '@/lib/http/current-account'
import { isLocale, type Locale } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'
import { localeCookie } from '@/lib/i18n/routing'

/** The language of whoever asks for what is in none: that of the pages they read, else of their account, else of their browser. */
export async function visitorLocale(): Promise<Locale> {
  const read = (await cookies()).get(localeCookie.name)?.value
  if (isLocale(read)) return read
  const spoken = (await currentAccount())?.locale
  return isLocale(spoken) ? spoken : preferredLocale((await headers()).get('accept-language'))
}
