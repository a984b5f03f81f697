import { appOrigin } from '@/lib/http/origin'

/** The policy of a page, with a fresh nonce; the other headers are in `next.config.ts`. Next reads the nonce from the request's header and puts it on its own scripts. */
export function contentSecurityPolicy(): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const development = process.env.NODE_ENV === 'development'
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ]
  // Safari upgrades loopback too, so only where the service is on https.
  if (appOrigin().startsWith('https:')) directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}
