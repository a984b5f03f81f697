import type { IncomingMessage } from 'node:http'
import type { gatePolicy } from '@/lib/policy'

export type LaneName = keyof typeof gatePolicy

/** What machines ask for. Everything else that is no file of the build waits its turn. */
const ofMachines = ['/api/health/live', '/api/health/ready', '/api/webhooks/resend', '/api/cron/mail']

/** What applications ask, and the proxies before them: strangers can ask it too. */
const ofApps = ['/oidc/token', '/oidc/userinfo', '/oidc/jwks', '/.well-known/openid-configuration', '/api/session']

/** In which lane a request waits; null where it goes on at once, because machines ask it or it is a file of the build. */
export function laneOf({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): LaneName | null {
  // However it is spelled: the framework leaves out what dots leave.
  const target = `http://any${url}`
  const path = URL.canParse(target) ? new URL(target).pathname : ''
  const isOfPage = isRead({ method })
  if (ofMachines.includes(path) || (isOfPage && path.startsWith('/_next/static/'))) return null
  if (ofApps.includes(path)) return 'applications'
  return isOfPage ? 'pages' : 'submissions'
}

/** Whether a page or a file is asked for. */
export function isRead({ method }: Pick<IncomingMessage, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Whether a body comes with it, which of what is read nobody would look at. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0
}
