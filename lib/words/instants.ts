import { getLocale } from 'next-intl/server'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { zoneNames } from '@/lib/i18n/zone-name'

/** Writes instants in the language of the request and the time of one zone, and what that zone is called. */
export async function instantWords(timeZone: string) {
  const locale = await getLocale()
  const format = new Intl.DateTimeFormat(regionalTag(locale), { dateStyle: 'long', timeStyle: 'short', timeZone })
  return { at: (instant: Date) => format.format(instant), zone: zoneNames(locale, timeZone)(new Date()) }
}
