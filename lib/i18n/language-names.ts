import { type Locale, locales } from '@/lib/i18n/locales'

/** Every language in its own words, as its readers look for it: `Français`, `English`. */
export const languageNames = Object.fromEntries(locales.map((locale) => [locale, nameOf(locale)])) as Record<
  Locale,
  string
>

function nameOf(locale: Locale): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}
