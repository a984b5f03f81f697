import { createHash } from 'node:crypto'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'

/** In milliseconds: how long a person may be kept waiting for an answer that is not needed. */
const patienceMs = 1_000
const prefixLength = 5

/**
 * Whether a password is known from a breach, by a range service such as Pwned Passwords: only the first five digits of its
 * SHA-1 leave. False without a service, and whenever it has no proper answer within a second: it never stands in the way.
 */
export async function isBreached(password: string, rangeUrl = env().breachedPasswordsUrl): Promise<boolean> {
  if (rangeUrl === null) return false
  const digest = createHash('sha1').update(password.normalize('NFKC')).digest('hex').toUpperCase()
  try {
    const response = await fetch(`${rangeUrl}/${digest.slice(0, prefixLength)}`, {
      headers: { 'Add-Padding': 'true' },
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!response.ok) throw new Error(`status ${response.status}`)
    return lists(await response.text(), digest.slice(prefixLength))
  } catch (error) {
    logEvent('breached_passwords_unavailable', { reason: error instanceof Error ? error.name : 'unknown' })
    return false
  }
}

/** Rows are `rest of the digest:times seen`; those seen no time are padding. */
function lists(rows: string, rest: string): boolean {
  return rows.split(/\r?\n/).some((row) => {
    const [suffix, count] = row.split(':')
    return suffix?.toUpperCase() === rest && Number(count) > 0
  })
}
