import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { purposeKey } from '@/lib/keys'

/** A mark for the cookie of a browser that has signed in to this account: it gives a limit of its own, and nothing else. */
export function markDevice(accountId: string): string {
  const id = randomBytes(16).toString('base64url')
  return `${id}.${seal(id, accountId)}`
}

/** The device behind a mark, or null when it was not made for this account. */
export function findDevice(mark: string | null, accountId: string): string | null {
  const [id = '', sealed = ''] = mark?.split('.') ?? []
  const [given, expected] = [Buffer.from(sealed), Buffer.from(seal(id, accountId))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null
}

function seal(id: string, accountId: string): string {
  return createHmac('sha256', purposeKey('device')).update(`${id}:${accountId}`).digest('base64url')
}
