import type { Caller } from '@/lib/accounts/caller'
import type { LinkProblem } from '@/lib/accounts/codes'
import { lockAccount } from '@/lib/accounts/credentials'
import { consumeToken, findTokenAccount, isToken, peekToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'
import { fail, ok, type Result } from '@/lib/result'

/** Whether a confirmation link still serves, or why not. Changes nothing. */
export function peekVerification(token: string | null): Promise<'live' | LinkProblem> {
  return peekToken('verification', token)
}

/** Confirms the address that the link was mailed to, once. A link that no longer serves is `link_unusable`. */
export async function redeemVerification(
  token: string | null,
  caller: Caller,
): Promise<Result<undefined, 'link_unusable'>> {
  return transaction(async (tx) => {
    if (token === null || !isToken(token)) {
      await recordEvent(tx, 'sequence_fail', { address: caller.address, via: 'verification' })
      return fail('link_unusable')
    }
    const accountId = await findTokenAccount(tx, token)
    if (accountId === null) return fail('link_unusable')
    await lockAccount(tx, accountId)
    if (!(await consumeToken(tx, 'verification', token))) return fail('link_unusable')
    await tx.$executeRaw`UPDATE "Account" SET "verifiedAt" = coalesce("verifiedAt", now()) WHERE "id" = ${accountId}::uuid`
    await recordEvent(tx, 'user_updated', { accountId, address: caller.address, via: 'verification' })
    return ok()
  })
}
