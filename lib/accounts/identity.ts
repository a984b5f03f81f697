import { sameName } from '@/lib/accounts/canonical'
import type { IdentityClaim } from '@/lib/accounts/input'
import { type Account, Prisma } from '@/lib/db/generated/client'
import { isSameText } from '@/lib/secrets'

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
  const verdicts = [
    isSameText(claim.email.key, identity.emailKey),
    sameName(claim.firstName, identity.firstName),
    sameName(claim.lastName, identity.lastName),
    isSameText(claim.country, identity.country),
    isSameText(claim.organizationType, identity.organizationType),
  ]
  return verdicts.every(Boolean)
}
