import { allow, recordRefusal, tellRefused } from '@/lib/accounts/allow'
import { replacePassword } from '@/lib/accounts/credentials'
import { matchesIdentity } from '@/lib/accounts/identity'
import type { IdentityClaim, ResetRedeem } from '@/lib/accounts/input'
import type { Asked } from '@/lib/accounts/mail-room'
import { makeMark } from '@/lib/accounts/mark'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { judgeByItself, judgePassword, type WeakPassword } from '@/lib/accounts/passwords/judge'
import { admitLink, redeemLink, weighAnswer } from '@/lib/accounts/redeem-link'
import { askForReset } from '@/lib/accounts/reset-request-statement'
import type { TokenOwner } from '@/lib/accounts/tokens'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { noteEnqueued } from '@/lib/mail/enqueue'
import { fail, ok, type Result } from '@/lib/result'
import { undoRefused } from '@/lib/targets'

/**
 * Asks for a reset link and returns its mail. The account is looked up when the mail is decided: here every claim costs the
 * same, and has an id. Where word that details do not match has no room any more, a link for those that do still comes.
 */
export async function requestPasswordReset(
  claim: IdentityClaim,
  caller: Caller,
  locale: Locale,
): Promise<Result<Asked, 'too_many_requests'>> {
  const client = await db()
  const { refusal, mail, noRoom } = await undoRefused(client, await askForReset(claim, caller, locale))
  if (refusal) return tellRefused(client, 'reset_request', caller.network, refusal)
  noteEnqueued(mail, 'password_reset')
  await recordRefusal(client, 'unasked_mail', noRoom, {})
  return ok({ mail, waitSeconds: noRoom?.waitSeconds ?? null })
}

/**
 * Makes the new password of whoever holds the link and knows the five fields, and returns a mark for their browser. Each mismatch counts, the fifth ends the
 * link (`link_unusable` from then on); a weak password costs nothing, unless it
 * takes a look among breached ones to know: a link is worth ten in a quarter of an hour. On success, in one transaction: password changed,
 * every session and link of the account ended, notice on its way. Of many at once one succeeds.
 * Throws BusyError when too many passwords are being hashed, or five submissions of this link are being judged.
 */
export async function redeemPasswordReset(
  followed: string | null,
  { newPassword, ...claim }: ResetRedeem,
  caller: Caller,
  locale: Locale,
): Promise<Result<{ mark: string }, 'too_many_requests' | 'identity_mismatch' | 'link_unusable'> | WeakPassword> {
  const admitted = await admitLink('reset-password', followed, caller)
  if (!admitted.ok) return admitted
  const token = admitted.value
  const held = await weighAnswer(
    'reset-password',
    token,
    caller,
    (owner) => findHolder(owner, claim),
    (owner) => ({
      event: 'authn_password_change_fail',
      detail: { ...('accountId' in owner && owner), via: 'identity_mismatch' },
    }),
  )
  if (!held.ok) return held
  const holder = held.value

  const faults = await judgeByItself(newPassword, holder)
  if (faults.length > 0) return { ok: false, code: 'weak_password', issues: faults }
  const allowed = await allow(await db(), 'reset_password', token, { network: caller.network })
  if (!allowed.ok) return allowed
  const issues = await judgePassword(newPassword, holder)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(newPassword)

  return transaction(async (tx) => {
    const link = await redeemLink(tx, 'reset-password', token, caller)
    if (!link) return fail('link_unusable')
    const version = await replacePassword(tx, holder.id, passwordHash, caller, locale, 'password_reset')
    return ok({ mark: makeMark(holder.id, version, 'made') })
  })
}

/** The account of whose link it is, if the five fields are its. */
async function findHolder(
  owner: TokenOwner,
  claim: IdentityClaim,
): Promise<Result<Account, 'link_unusable' | 'identity_mismatch'>> {
  if (!('accountId' in owner)) return fail('link_unusable')
  const holder = await (await db()).account.findUniqueOrThrow({ where: { id: owner.accountId } })
  return matchesIdentity(claim, holder) ? ok(holder) : fail('identity_mismatch')
}
