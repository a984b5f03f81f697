import type { Locale } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** "Central European Time"; where a zone has no such name, the longest one without a country's: its offset or "UTC". */
export function zoneName(date: Date, locale: Locale, timeZone: string): string {
  if (timeZone === 'UTC') return timeZone
  const named = (timeZoneName: 'longGeneric' | 'shortGeneric' | 'long') =>
    new Intl.DateTimeFormat(regionalTag(locale), { timeZone, timeZoneName })
      .formatToParts(date)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  const generic = named('longGeneric')
  return generic === named('shortGeneric') ? named('long') : generic
}
