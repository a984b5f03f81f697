import type { Locale } from '@/lib/i18n/locales'

/** Languages whose texts have the habits of another region, or other digits, than those `Intl` takes them for. */
const tags: Partial<Record<Locale, string>> = { en: 'en-GB', pt: 'pt-PT', ar: 'ar-u-nu-latn' }

/** The tag to give to `Intl` for dates, times, countries and their order, so that they are written like the texts around. */
export function regionalTag(locale: Locale): string {
  return tags[locale] ?? locale
}
