// Not the package itself: it loads the names in every language.
import codes from 'i18n-iso-countries/codes.json'
import everyday from '@/lib/i18n/everyday-countries.json'
import type { Locale } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** ISO 3166-1 alpha-2. */
export const countries: readonly string[] = codes.flatMap(([alpha2]) => alpha2 ?? []).sort()

const perLocale = new Map<Locale, Record<string, string>>()

/**
 * Country names by code, in the order of the language: those of `Intl`, but for the few where people say and look for
 * another. Made on the server only: browsers know other names and orders.
 */
export function countryNames(locale: Locale): Record<string, string> {
  const known = perLocale.get(locale)
  if (known) return known
  const names = new Intl.DisplayNames(regionalTag(locale), { type: 'region' })
  const { compare } = new Intl.Collator(regionalTag(locale))
  const said: Record<string, string> = everyday[locale]
  const entries = countries
    .map((code) => [code, said[code] ?? names.of(code) ?? code] as const)
    .sort(([, a], [, b]) => compare(a, b))
  const ordered = Object.fromEntries(entries)
  perLocale.set(locale, ordered)
  return ordered
}
