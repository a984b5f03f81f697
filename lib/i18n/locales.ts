/**
 * The languages of pages and mails, the default first. A language is one entry here and its texts in `messages`: a file for
 * the pages, one for the mails, a paragraph in `crash.json` and in `busy.json`. `npm run check` says what it lacks.
 */
export const locales = ['fr', 'en', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'ar'] as const

export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'fr'

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value)
}
