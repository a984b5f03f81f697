import type { Locale } from '@/lib/i18n/locales'

type TextInfo = { direction?: 'ltr' | 'rtl' }

/** Which way a language is written. Node up to 22 has the property, later ones the method (proposal Intl Locale Info). */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  const info: Intl.Locale & { textInfo?: TextInfo; getTextInfo?: () => TextInfo } = new Intl.Locale(locale)
  return (info.getTextInfo?.() ?? info.textInfo)?.direction ?? 'ltr'
}
