import { getLocale } from 'next-intl/server'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** A lifetime in words, in hours when they are whole, else in minutes: `24 heures`, `30 minutes`. */
export async function durationInWords(seconds: number): Promise<string> {
  const hours = seconds / 3600
  const [value, unit] = Number.isInteger(hours) ? [hours, 'hour'] : [Math.round(seconds / 60), 'minute']
  const tag = regionalTag(await getLocale())
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
