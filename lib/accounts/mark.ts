import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { purposeKey } from '@/lib/secrets'

/** A mark for a browser that knew the password of this version: its guesses are counted apart from strangers', and nothing else. */
export function makeMark(accountId: string, version: number): string {
  const id = randomBytes(16).toString('base64url')
  return `${id}.${seal(id, accountId, version)}`
}

/** Whether a mark was made for this account and this version of its password. */
export function isMark(mark: string | null, accountId: string, version: number): boolean {
  const [id = '', sealed = ''] = mark?.split('.') ?? []
  const [given, expected] = [Buffer.from(sealed), Buffer.from(seal(id, accountId, version))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function seal(id: string, accountId: string, version: number): string {
  return createHmac('sha256', purposeKey('device')).update(`${id}:${accountId}:${version}`).digest('base64url')
}
