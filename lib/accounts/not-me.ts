import { putPasswordHash } from '@/lib/accounts/credentials'
import { bringBackDetails } from '@/lib/accounts/details'
import { block, blockForGood, findSituation, type Situation, unblock } from '@/lib/accounts/dispute'
import { enqueueIntent } from '@/lib/accounts/intents'
import { enqueueNotice } from '@/lib/accounts/notices'
import { unusableHash, verifyPassword } from '@/lib/accounts/passwords/hashing'
import { admitLink, redeemLink, reviveLink, weighAnswer } from '@/lib/accounts/redeem-link'
import { takeEmail } from '@/lib/accounts/take-email'
import { endTokens } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, type Transaction, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

type Undone = Result<'restored' | 'blocked' | 'lifted', 'link_unusable' | 'address_taken'>

/**
 * Undoes a change for whoever was told of it and did not make it, in one transaction. Of many at once one succeeds.
 * - `restored`: the password is useless, every session and link ends, an account that was to be closed is kept, the e-mail
 *   the notice went to is that of the account again, with the details that the account had when the link was made; a reset
 *   link is on its way there, and an e-mail left behind is told.
 *   Where the account has another e-mail by now or is blocked, it takes the password that the link asks for.
 * - `blocked`: without that password nobody gets into such an account for 72 hours. A link does so once, and serves on.
 * - `lifted`: the present e-mail ends the block by the present password, and nothing else changes.
 *
 * `address_taken`: another account has that e-mail; the account is blocked until the link is used again. Each
 * `wrong_password` counts, the fifth ends the link. Throws BusyError when too many passwords are being hashed.
 */
export async function redeemNotMe(
  followed: string | null,
  caller: Caller,
  locale: Locale,
  password: string | null = null,
): Promise<Undone | Result<never, 'too_many_requests' | 'wrong_password'>> {
  const admitted = await admitLink('not-me', followed, caller)
  if (!admitted.ok) return admitted
  const token = admitted.value
  const proof = password === null ? ok(null) : await prove(token, password, caller)
  if (!proof.ok) return proof
  return transaction(async (tx) => {
    const link = await redeemLink(tx, 'not-me', token, caller)
    const situation = await findSituation(tx, token)
    if (!link || !situation) return fail('link_unusable')
    const { accountId } = link
    const outcome = outcomeOf(situation, proof.value)
    if (outcome === 'restored') return restore(tx, token, accountId, situation, caller, locale)
    if (outcome === 'lifted') {
      await unblock(tx, accountId)
      await recordEvent(tx, 'user_updated', { accountId, network: caller.network, via: 'not_me_lift' })
      return ok(outcome)
    }
    const isBlocked = outcome === 'blocked' && (await block(tx, token, accountId, caller, locale))
    if (!isBlocked || situation.former !== null) await reviveLink(tx, token)
    return isBlocked ? ok('blocked') : fail('link_unusable')
  })
}

/** The hash that a password has been found to be behind: one of the link, or that of the account which has the link's e-mail. */
async function prove(
  token: string,
  password: string,
  caller: Caller,
): Promise<Result<string, 'link_unusable' | 'wrong_password'>> {
  const judge = async () => {
    const situation = await findSituation(await db(), token)
    if (!situation) return fail('link_unusable')
    const hash = await findHash(situation, password)
    return hash === null ? fail('wrong_password') : ok(hash)
  }
  return weighAnswer('not-me', token, caller, judge, (owner) => ({
    event: 'authn_login_fail',
    detail: { ...('accountId' in owner && owner), via: 'not_me' },
  }))
}

async function findHash(situation: Situation, password: string): Promise<string | null> {
  const { isPresent, present } = situation
  for (const hash of isPresent ? [present, ...formersOf(situation)] : formersOf(situation))
    if (await verifyPassword(hash, password)) return hash
  return null
}

/** The passwords of before the link's own change and of before the first one: after several a person may think of either. */
function formersOf({ former, first }: Situation): (string | null)[] {
  return former === null || first === null || first === former ? [former] : [former, first]
}

function outcomeOf(situation: Situation, proven: string | null) {
  const { isPresent, isDisputed, present } = situation
  if (proven !== null && isPresent && proven === present) return 'lifted'
  if (proven !== null) return formersOf(situation).includes(proven) ? 'restored' : null
  if (!isPresent) return 'blocked'
  return isDisputed ? null : 'restored'
}

async function restore(
  tx: Transaction,
  token: string,
  accountId: string,
  { sentTo, isPresent, former, isForGood }: Situation,
  { network, device }: Caller,
  locale: Locale,
): Promise<Undone> {
  // Ends the links of later notices, unless it is itself the answer to an older one. Older ones stay and can undo this.
  if (former !== null) await endTokens(tx, 'not_me', { accountId }, 'replaced', { since: token })
  if (!isForGood) {
    await putPasswordHash(tx, accountId, unusableHash())
    await recordEvent(tx, 'authn_password_change', { accountId, network, via: 'not_me' })
  }
  await tx.account.updateMany({ where: { id: accountId }, data: { closesAt: null } })
  const left = await takeEmail(tx, accountId, sentTo)
  if (left === null) {
    await blockForGood(tx, accountId)
    await reviveLink(tx, token)
    return fail('address_taken')
  }
  await unblock(tx, accountId)
  if (left !== sentTo) await recordEvent(tx, 'user_updated', { accountId, network, via: 'not_me' })
  // Before the next link is made, which must not undo this.
  if (await bringBackDetails(tx, accountId, token))
    await recordEvent(tx, 'user_updated', { accountId, network, via: 'not_me_details' })
  const asked = { hash: null, isNewest: false }
  if (!isPresent)
    await enqueueNotice(tx, locale, { kind: 'address_changed' }, { accountId, sentTo: left, asked, device })
  await enqueueIntent(tx, locale, { kind: 'account_secured', accountId, device })
  return ok('restored')
}
