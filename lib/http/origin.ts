/** Exactly our origin; without one, a browser's word that it is the same; else no (ASVS 5.0 §3.5.1, §3.5.3). */
export function comesFromOrigin(sent: Headers, origin: string): boolean {
  const claimed = sent.get('origin')
  return claimed === null ? sent.get('sec-fetch-site') === 'same-origin' : claimed === origin
}
