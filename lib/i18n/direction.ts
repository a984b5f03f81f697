import type { Locale } from '@/lib/i18n/locales'

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'])

const known = new Map<Locale, 'ltr' | 'rtl'>()

/** Which way a language is written, by its script: browsers and Node know that of each language, not all its direction. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  const direction = known.get(locale) ?? directionByScript(locale)
  // A page asks twenty times, and to ask the language takes longer than all else about it.
  known.set(locale, direction)
  return direction
}

function directionByScript(locale: Locale): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr'
}
