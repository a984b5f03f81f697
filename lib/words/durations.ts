import { getLocale } from 'next-intl/server'
import { durationName } from '@/lib/i18n/duration-name'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** A lifetime in the language of the request: `7 jours`, `24 heures`, `30 minutes`. */
export async function durationInWords(seconds: number): Promise<string> {
  return durationName(await getLocale(), seconds)
}

/** How long somebody has to wait, never less than it takes: `dans 40 secondes`, `dans 12 minutes`, `dans 14 heures`. */
export async function waitInWords(seconds: number): Promise<string> {
  const minutes = Math.ceil(seconds / 60)
  const format = new Intl.RelativeTimeFormat(regionalTag(await getLocale()))
  if (seconds < 60) return format.format(Math.max(1, Math.ceil(seconds)), 'second')
  return minutes < 120 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour')
}
