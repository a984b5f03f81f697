import type { Locale } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'

/**
 * Names a time zone at an instant: "Central European Time"; where it has no such name, by the longest one without a
 * country's: its offset or "UTC".
 */
export function zoneNames(locale: Locale, timeZone: string): (date: Date) => string {
  if (timeZone === 'UTC') return () => timeZone
  const namedBy = (timeZoneName: 'longGeneric' | 'shortGeneric' | 'long') => {
    const format = new Intl.DateTimeFormat(regionalTag(locale), { timeZone, timeZoneName })
    return (date: Date) => format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  }
  const [long, short] = [namedBy('longGeneric'), namedBy('shortGeneric')]
  return (date) => {
    const generic = long(date)
    return generic === short(date) ? namedBy('long')(date) : generic
  }
}
