/** The languages of pages and mails, the default first. A language is one entry here and one file in `messages`. */
export const locales = ['fr', 'en'] as const

export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'fr'

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value)
}
