import type { Caller } from '@/lib/accounts/caller'
import type { NotMeProblem } from '@/lib/accounts/codes'
import { lockAccount, putPasswordHash } from '@/lib/accounts/credentials'
import { unusableHash } from '@/lib/accounts/hashing'
import { enqueueIntent } from '@/lib/accounts/intents'
import { limits } from '@/lib/accounts/policy'
import { takeAddress } from '@/lib/accounts/take-address'
import { consumeToken, endTaken, findTokenAccount, isToken, peekToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import { db, type Transaction, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { sha256 } from '@/lib/keys'
import { consume } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

/** Whether a link "this was not me" still serves, or why not. Changes nothing. */
export function peekNotMe(token: string | null): Promise<'live' | NotMeProblem> {
  return peekToken<NotMeProblem>('not_me', token)
}

/**
 * Gives an account back to whoever was told of a change and did not make it. Once, in one transaction: the password
 * becomes useless, every session and link ends, an account that was to be closed is kept, the address the notice went to
 * is that of the account again, and a reset link is on its way there. Where another account has confirmed that address
 * since, all of it happens but the last two, and it is `link_unusable`, with the reason on the link. Of many at once one
 * succeeds.
 */
export async function redeemNotMe(
  token: string | null,
  { address, device }: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests' | 'link_unusable'>> {
  const client = await db()
  if (!(await consume(client, 'not_me', address, limits.notMePerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address, via: 'not_me' })
    return fail('too_many_requests')
  }
  if (token === null || !isToken(token)) {
    await recordEvent(client, 'sequence_fail', { address, via: 'not_me' })
    return fail('link_unusable')
  }
  return transaction(async (tx) => {
    const accountId = await findTokenAccount(tx, token)
    if (accountId !== null) await lockAccount(tx, accountId)
    const consumed = await consumeToken(tx, 'not_me', token)
    if (accountId === null || !consumed) {
      await recordEvent(tx, 'authn_token_reuse', { accountId, address, via: 'not_me' })
      return fail('link_unusable')
    }
    await endLaterLinks(tx, accountId, token)
    await putPasswordHash(tx, accountId, unusableHash())
    await tx.account.updateMany({ where: { id: accountId }, data: { closesAt: null } })
    await recordEvent(tx, 'authn_password_change', { accountId, address, via: 'not_me' })
    const former = await takeAddress(tx, accountId, consumed.sentTo)
    if (former === null) {
      await endTaken(tx, token)
      return fail('link_unusable')
    }
    if (former !== consumed.sentTo) await recordEvent(tx, 'user_updated', { accountId, address, via: 'not_me' })
    await enqueueIntent(tx, locale, { kind: 'account_secured', accountId, device })
    return ok()
  })
}

/** A link undoes all that came after it, the links of later addresses with it; older ones stay and could undo this. */
async function endLaterLinks(tx: Transaction, accountId: string, token: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Token" SET "endedAt" = now(), "endReason" = CASE WHEN "expiresAt" <= now() THEN 'expired' ELSE 'replaced' END::"TokenEnd"
    WHERE "accountId" = ${accountId}::uuid AND "purpose" = 'not_me' AND "usedAt" IS NULL AND "endedAt" IS NULL
      AND "createdAt" > (SELECT "createdAt" FROM "Token" WHERE "tokenHash" = ${sha256(token)})`
}
