/**
 * The IANA time zone of a country (ISO 3166-1 alpha-2) where one time of day holds all over it, summer and winter;
 * else `UTC`, also for an unknown country.
 */
export function timeZoneOf(country: string): string {
  const [zone, ...others] = zonesOf(country)
  if (zone === undefined || others.some((other) => timesOf(other) !== timesOf(zone))) return 'UTC'
  return zone
}

/** Node up to 22 has the property, later ones the method (proposal Intl Locale Info). */
function zonesOf(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return []
  type ZoneInfo = { timeZones?: string[]; getTimeZones?: () => string[] | undefined }
  const locale: Intl.Locale & ZoneInfo = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

function timesOf(timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return `${clock.format(Date.UTC(2026, 0, 15))} ${clock.format(Date.UTC(2026, 6, 15))}`
}
