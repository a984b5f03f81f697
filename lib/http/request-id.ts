/** As proxies make them: 16 to 64 hexadecimal digits, hyphens between them. A client can write one too, but no words with it. */
const wellFormed = /^[0-9a-f][0-9a-f-]{14,62}[0-9a-f]$/i

/** The id of a request: the one that it came with, else that of its trace (W3C Trace Context), else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id') ?? ''
  const trace = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-/.exec(headers.get('traceparent') ?? '')?.[1]
  return wellFormed.test(given) ? given : (trace ?? crypto.randomUUID())
}
