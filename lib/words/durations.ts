import { getLocale } from 'next-intl/server'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** A lifetime in words, in days from two whole ones on, in whole hours, else in minutes: `7 jours`, `24 heures`, `30 minutes`. */
export async function durationInWords(seconds: number): Promise<string> {
  const [days, hours] = [seconds / 86_400, seconds / 3_600]
  const whole = Number.isInteger(hours) ? ([hours, 'hour'] as const) : ([Math.round(seconds / 60), 'minute'] as const)
  const [value, unit] = Number.isInteger(days) && days > 1 ? [days, 'day'] : whole
  const tag = regionalTag(await getLocale())
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** How long somebody has to wait, never less than it takes: `dans 40 secondes`, `dans 12 minutes`, `dans 14 heures`. */
export async function waitInWords(seconds: number): Promise<string> {
  const minutes = Math.ceil(seconds / 60)
  const format = new Intl.RelativeTimeFormat(regionalTag(await getLocale()))
  if (seconds < 60) return format.format(Math.max(1, Math.ceil(seconds)), 'second')
  return minutes < 120 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour')
}
