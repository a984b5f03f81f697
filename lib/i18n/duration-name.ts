import type { Locale } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'

/** A lifetime in words, in days from two whole ones on, in whole hours, else in minutes: `7 jours`, `24 heures`, `30 minutes`. */
export function durationName(locale: Locale, seconds: number): string {
  const [days, hours] = [seconds / 86_400, seconds / 3_600]
  const whole = Number.isInteger(hours) ? ([hours, 'hour'] as const) : ([Math.round(seconds / 60), 'minute'] as const)
  const [value, unit] = Number.isInteger(days) && days > 1 ? [days, 'day'] : whole
  return new Intl.NumberFormat(regionalTag(locale), { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
