import { allowNetwork } from '@/lib/accounts/allow'
import { countAttempt, takeBackAttempt } from '@/lib/accounts/attempts'
import { lockAccount } from '@/lib/accounts/credentials'
import { type LinkPage, mailedLinks } from '@/lib/accounts/mailed-links'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { peekLink } from '@/lib/accounts/peek-link'
import { consumeToken, endToken, findTokenOwner, type TokenOwner } from '@/lib/accounts/tokens'
import { type AuditDetail, type AuditEvent, recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, type Transaction, transaction } from '@/lib/db/client'
import { tokenPolicy } from '@/lib/policy'
import { fail, ok, type Result } from '@/lib/result'
import { isToken, sha256 } from '@/lib/secrets'

/** Every redemption begins here: what is no link that serves counts for the caller's network, and what is no token is refused. Returns the token. */
export async function admitLink(
  page: LinkPage,
  token: string | null,
  { network }: Caller,
): Promise<Result<string, 'too_many_requests' | 'link_unusable'>> {
  const client = await db()
  const { limit, via } = mailedLinks[page]
  if (token !== null && (await peekLink(page, token)) === 'live') return ok(token)
  const allowed = await allowNetwork(client, limit, network)
  if (!allowed.ok) return allowed
  if (token !== null && isToken(token)) return ok(token)
  await recordEvent(client, 'sequence_fail', { network, via })
  return fail('link_unusable')
}

/**
 * Uses up a link under the lock of its account: of any number of callers at once exactly one gets whose it is and where it
 * was mailed to. All others get null, and that is recorded.
 */
export async function redeemLink(
  tx: Transaction,
  page: Exclude<LinkPage, 'verify-email'>,
  token: string,
  { network }: Caller,
): Promise<{ accountId: string; sentTo: string } | null> {
  const { purpose, via } = mailedLinks[page]
  const owner = await findTokenOwner(tx, token)
  const accountId = owner && 'accountId' in owner ? owner.accountId : null
  if (accountId !== null) await lockAccount(tx, accountId)
  const sentTo = await consumeToken(tx, purpose, token)
  if (accountId !== null && sentTo !== null) return { accountId, sentTo }
  await recordEvent(tx, 'authn_token_reuse', { accountId, network, via })
  return null
}

/** Lets a link serve on that was redeemed in this transaction. */
export async function reviveLink(tx: Transaction, token: string): Promise<void> {
  await tx.token.updateMany({ where: { tokenHash: sha256(token) }, data: { usedAt: null } })
}

/**
 * Weighs an answer to what the page of a link asks for. It is counted ahead, so that answers at the same moment cannot share a
 * count, and taken back when `judge` finds it right or cannot judge it. `judge` gets whose link it is and returns what the
 * answer proves, why it is wrong, or that the link is not for this after all. A wrong one is recorded as `record` says; the last
 * that a link is worth ends it, and then it is `link_unusable`, like a link that serves no more. Throws BusyError while as
 * many answers as it allows are being judged, after which it may still serve.
 */
export async function weighAnswer<Proof, Wrong extends string>(
  page: LinkPage,
  token: string,
  { network }: Caller,
  judge: (owner: TokenOwner) => Promise<Result<Proof, Wrong | 'link_unusable'>>,
  record: (owner: TokenOwner) => { event: AuditEvent; detail: AuditDetail },
): Promise<Result<Proof, Wrong | 'link_unusable'>> {
  const client = await db()
  const { purpose, via } = mailedLinks[page]
  const counted = await countAttempt(client, purpose, token)
  if (!counted) {
    if ((await peekLink(page, token)) === 'live') throw new BusyError('a link is being answered')
    await recordEvent(client, 'authn_token_reuse', { network, via })
    return fail('link_unusable')
  }
  const { owner, attempts } = counted
  const judged = await judge(owner).catch(async (error) => {
    await takeBackAttempt(client, token)
    throw error
  })
  if (judged.ok) await takeBackAttempt(client, token)
  if (judged.ok || judged.code === 'link_unusable') return judged
  const isLast = attempts >= tokenPolicy.maxAttempts
  const { event, detail } = record(owner)
  await transaction(async (tx) => {
    if (isLast && (await endToken(tx, token, 'too_many_attempts')))
      await recordEvent(tx, 'authn_token_revoked', { ...detail, network, via: 'too_many_attempts' })
    await recordEvent(tx, event, { ...detail, network })
  })
  return isLast ? fail('link_unusable') : { ...judged, attemptsLeft: tokenPolicy.maxAttempts - attempts }
}
