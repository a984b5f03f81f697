import { markPolicy } from '@/lib/policy'
import { seal, unsealBytes } from '@/lib/secrets'

/** How a browser came to know a password: by signing in with it, or by making it. */
const origins = ['signed_in', 'made'] as const
type Origin = (typeof origins)[number]

/** What a mark says: that its browser knew the password of this version of an account. */
export type Mark = { mark: string; accountId: string; version: number; origin: Origin }

/** A mark for a browser that knew the password of this version: its guesses are counted apart from strangers', and its sign-ins are no news. Whoever reads it learns nothing. */
export function makeMark(accountId: string, version: number, origin: Origin = 'signed_in'): string {
  const said = Buffer.alloc(saidBytes)
  said.write(accountId.replaceAll('-', ''), 'hex')
  said.writeUInt32BE(version, 16)
  said.writeUInt8(origins.indexOf(origin), 20)
  return seal('mark', said)
}

/** Those of a browser's marks that were made here, in their order: of which account and password each is, they say themselves. */
export function readMarks(marks: string | null): Mark[] {
  return listOf(marks).flatMap((mark) => readMark(mark) ?? [])
}

/** A browser's marks with one more, which is the first: several people who share it keep one each. */
export function addMark(marks: string | null, mark: string): string {
  const others = listOf(marks).filter((other) => other !== mark)
  return [mark, ...others].slice(0, markPolicy.maxOfBrowser).join(separator)
}

/** In no mark, and written as it is in a cookie. */
const separator = '~'

/** An id, a version and an origin. */
const saidBytes = 16 + 4 + 1

function listOf(marks: string | null): string[] {
  return marks?.split(separator, markPolicy.maxOfBrowser) ?? []
}

function readMark(mark: string): Mark | null {
  const said = unsealBytes('mark', mark)
  // One spelling of each, or one browser could have many of it.
  if (said?.length !== saidBytes || Buffer.from(mark, 'base64url').toString('base64url') !== mark) return null
  const accountId = said.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return { mark, accountId, version: said.readUInt32BE(16), origin: origins[said.readUInt8(20)] ?? 'made' }
}
