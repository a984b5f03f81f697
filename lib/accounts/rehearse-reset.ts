import { allow } from '@/lib/accounts/allow'
import { matchesIdentity } from '@/lib/accounts/identity'
import type { IdentityClaim } from '@/lib/accounts/input'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { ok, type Result } from '@/lib/result'

/**
 * Whether five fields would bring a signed-in account a reset link, compared as when one is asked for. Never which of
 * them would not. Nothing changes and nobody is told; each try is recorded, the same whatever comes of it, and counts.
 */
export async function rehearseReset(
  accountId: string,
  claim: IdentityClaim,
  { network }: Caller,
): Promise<Result<'same' | 'different', 'too_many_requests'>> {
  const client = await db()
  const allowed = await allow(client, 'rehearsal', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  await recordEvent(client, 'sensitive_read', { accountId, network, via: 'rehearsal' })
  const account = await client.account.findUniqueOrThrow({ where: { id: accountId } })
  return ok(matchesIdentity(claim, account) ? 'same' : 'different')
}
