import { createHash, timingSafeEqual } from 'node:crypto'
import { canonicalName } from '@/lib/accounts/canonical'
import type { IdentityClaim } from '@/lib/accounts/input'

/** The five fields as the account has them. */
export type Identity = {
  emailKey: string
  firstName: string
  lastName: string
  country: string
  organizationType: string
}

/** Whether all five fields are those of the account. Always compares all of them, so none can be timed. */
export function matchesIdentity(claim: IdentityClaim, identity: Identity): boolean {
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
