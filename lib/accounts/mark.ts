import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { markPolicy } from '@/lib/policy'
import { purposeKey } from '@/lib/secrets'

/** How a browser came to know a password: by signing in with it, or by making it. */
type Origin = 'signed_in' | 'made'

/** A mark for a browser that knew the password of this version: its guesses are counted apart from strangers', and its sign-ins are no news. */
export function makeMark(accountId: string, version: number, origin: Origin = 'signed_in'): string {
  const id = randomBytes(16).toString('base64url')
  return `${id}.${seal(id, accountId, version, origin)}`
}

/** The one of a browser's marks that was made for an account and this version of its password; null when it has none. */
export function findMark(
  marks: string | null,
  accountId: string,
  version: number,
): { mark: string; origin: Origin } | null {
  for (const mark of listOf(marks))
    for (const origin of ['signed_in', 'made'] as const)
      if (isSealed(mark, accountId, version, origin)) return { mark, origin }
  return null
}

/** A browser's marks with one more, which is the first: several people who share it keep one each. */
export function addMark(marks: string | null, mark: string): string {
  const others = listOf(marks).filter((other) => other !== mark)
  return [mark, ...others].slice(0, markPolicy.maxOfBrowser).join(separator)
}

/** In no mark, and written as it is in a cookie. */
const separator = '~'

function listOf(marks: string | null): string[] {
  return marks?.split(separator, markPolicy.maxOfBrowser) ?? []
}

function isSealed(mark: string, accountId: string, version: number, origin: Origin): boolean {
  const [id = '', sealed = ''] = mark.split('.')
  const [given, expected] = [Buffer.from(sealed), Buffer.from(seal(id, accountId, version, origin))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function seal(id: string, accountId: string, version: number, origin: Origin): string {
  const sealed = [id, accountId, version, ...(origin === 'made' ? [origin] : [])]
  return createHmac('sha256', purposeKey('device')).update(sealed.join(':')).digest('base64url')
}
