import { createHash, timingSafeEqual } from 'node:crypto'
import { canonicalName } from '@/lib/accounts/canonical'
import type { IdentityClaim } from '@/lib/accounts/input'
import { type Account, Prisma } from '@/lib/db/generated/client'

/** The fields by which an account is known to be somebody's, as it has them. */
export type Identity = Pick<Account, keyof typeof identityFields>

/** The same for a query of Prisma. */
export const identityFields = {
  email: true,
  firstName: true,
  lastName: true,
  country: true,
  organizationType: true,
} as const satisfies Prisma.AccountSelect

/** The same for a statement in which `a` is the account. */
export const identityOfAccount = Prisma.sql`
  a."email", a."firstName", a."lastName", a."country", a."organizationType"::text AS "organizationType"`

/** Whether all five fields are those of the account. Always compares all of them, so none can be timed. */
export function matchesIdentity(claim: IdentityClaim, identity: Identity & { emailKey: string }): boolean {
  const pairs: [string, string][] = [
    [claim.email.key, identity.emailKey],
    [canonicalName(claim.firstName), canonicalName(identity.firstName)],
    [canonicalName(claim.lastName), canonicalName(identity.lastName)],
    [claim.country, identity.country],
    [claim.organizationType, identity.organizationType],
  ]
  return pairs.map(([typed, kept]) => timingSafeEqual(digest(typed), digest(kept))).every(Boolean)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
