const reaches = { host: '', subdomains: '; includeSubDomains', preload: '; includeSubDomains; preload' }

/** For two years, and as far as the configuration says: the value of the header by which browsers keep to https. */
export function transportSecurity(): string {
  const reach = Object.entries(reaches).find(([name]) => name === process.env.HSTS?.trim())?.[1] ?? reaches.preload
  return `max-age=63072000${reach}`
}
