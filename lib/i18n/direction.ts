import type { Locale } from '@/lib/i18n/locales'

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'])

/** Which way a language is written, by its script: browsers and Node know that of each language, not all its direction. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr'
}
