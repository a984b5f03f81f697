/**
 * The zone in which most people of a country live that has several times of day. Others have one time, summer and winter,
 * which their first zone tells; Kosovo and two islands have none in Node's data.
 */
const usual: Record<string, string> = {
  AQ: 'Antarctica/McMurdo',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  BV: 'Europe/Oslo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Truk',
  GL: 'America/Godthab',
  HM: 'Indian/Kerguelen',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kiev',
  UM: 'Pacific/Wake',
  US: 'America/New_York',
  XK: 'Europe/Belgrade',
}

/** The IANA time zone of a country (ISO 3166-1 alpha-2): of its people, or of most of them. `UTC` for no country. */
export function timeZoneOf(country: string): string {
  return usual[country] ?? zonesOf(country)[0] ?? 'UTC'
}

/** Node up to 22 has the property, later ones the method (proposal Intl Locale Info). */
function zonesOf(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return []
  type ZoneInfo = { timeZones?: string[]; getTimeZones?: () => string[] | undefined }
  const locale: Intl.Locale & ZoneInfo = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}
