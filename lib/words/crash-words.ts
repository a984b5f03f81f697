import { directionOf } from '@/lib/i18n/direction'
import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import words from '@/messages/crash.json'

/** What a page says that failed. */
export type CrashWords = { locale: Locale; dir: 'ltr' | 'rtl'; title: string; reference: string; reload: string }

export function crashWords(locale: Locale): CrashWords {
  return { locale, dir: directionOf(locale), ...words[locale] }
}

/** The language of a path. */
export function localeIn(path: string): Locale {
  const first = path.split('/')[1]
  return isLocale(first) ? first : defaultLocale
}
