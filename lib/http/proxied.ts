/** What proxies say that a browser does not. */
const ofProxies =
  /^(?:forwarded|via|x-real-ip|.*client-ip|.*connecting-ip|x-original-.*|x-forwarded-(?!for$|host$|port$|proto$).*)$/

/** What Next itself says of whoever connects, where nobody else has. */
const thisMachine = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/**
 * Whether a request to a service on this machine was passed on by a proxy, which may speak for anybody. One that leaves
 * no trace, such as a tunnel, cannot be known.
 */
export function isProxied(headers: Headers, origin: string): boolean {
  const { host } = new URL(origin)
  const allowed: Record<string, string[]> = {
    'x-forwarded-for': thisMachine,
    'x-forwarded-host': [host],
    'x-forwarded-proto': ['http'],
  }
  return (
    [...headers.keys()].some((name) => ofProxies.test(name)) ||
    Object.entries(allowed).some(([name, values]) => !values.includes(headers.get(name) ?? values[0] ?? ''))
  )
}

/**
 * Whether whoever connects says that the connection is to be kept, as every browser does. That word is for the next hop
 * alone: a proxy may not pass it on (RFC 9110 §7.6.1), and nginx in no usual configuration says it itself.
 */
export function keepsConnection(headers: Headers): boolean {
  return headers.get('connection')?.toLowerCase() === 'keep-alive'
}
