import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import words from '@/messages/crash.json'

/** What a page says that failed. */
export type CrashWords = { locale: Locale; title: string; reference: string; reload: string }

/** The words in the language of a path. */
export function crashWords(path: string): CrashWords {
  const locale = localeIn(path)
  return { locale, ...words[locale] }
}

export function localeIn(path: string): Locale {
  const first = path.split('/')[1]
  return isLocale(first) ? first : defaultLocale
}
