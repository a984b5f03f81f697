import { allowTarget } from '@/lib/accounts/allow'
import type { ResendConfirmation } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { takeMailRoom } from '@/lib/accounts/mail-room'
import { makeMark } from '@/lib/accounts/mark'
import { verifyPassword } from '@/lib/accounts/passwords/hashing'
import { deletePendingSignUps, findPendingSignUps, lockEmail, makeAccount } from '@/lib/accounts/pending-sign-ups'
import { admitLink, reviveLink, weighAnswer } from '@/lib/accounts/redeem-link'
import { startSession } from '@/lib/accounts/sessions'
import { consumeToken, endToken, handTokens, type TokenOwner } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, type Transaction, transaction } from '@/lib/db/client'
import type { PendingSignUp } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

type Started = { session: string; mark: string }

/** Asks for the confirmation to be mailed again and returns the id of that mail; `no_mail_today` when none can come any more. Costs the same whoever the e-mail belongs to, and whether it waits for one or not. */
export async function requestVerification(
  { email }: ResendConfirmation,
  caller: Caller,
  locale: Locale,
): Promise<Result<string, 'too_many_requests' | 'no_mail_today'>> {
  const client = await db()
  const allowed = await allowTarget(client, 'verification_request', email.key, caller.network)
  if (!allowed.ok) return allowed
  const room = await takeMailRoom(client, 'unasked_mail', email.key)
  if (!room.ok) return { ...room, code: 'no_mail_today' }
  return ok(await enqueueIntent(client, locale, { kind: 'verification', email, device: caller.device }, caller.network))
}

/**
 * Opens the account that was signed up for with this password at the e-mail which the link was mailed to, and signs in:
 * returns the session token and the browser's mark. In one transaction: the account is made, all other sign-ups for the
 * e-mail come to nothing, `former`, the session which the browser held, ends. Each wrong password counts, the fifth ends the
 * link (`link_unusable` from then on). Of many at once one succeeds. Throws BusyError when too many passwords are being hashed.
 */
export async function redeemVerification(
  followed: string | null,
  password: string,
  caller: Caller,
  former: string | null = null,
): Promise<Result<Started, 'too_many_requests' | 'link_unusable' | 'wrong_password'>> {
  const admitted = await admitLink('verify-email', followed, caller)
  if (!admitted.ok) return admitted
  const token = admitted.value
  const chosen = await weighAnswer(
    'verify-email',
    token,
    caller,
    (owner) => findChosen(owner, password),
    (owner) => ({
      event: 'authn_login_fail',
      detail: { ...('emailKey' in owner && { subject: owner.emailKey }), via: 'verification' },
    }),
  )
  if (!chosen.ok) return chosen
  return transaction((tx) => openAccount(tx, token, chosen.value, caller, former))
}

/** The sign-up that this password was chosen in, the newest first; where none waits, somebody has just opened the account. */
async function findChosen(
  owner: TokenOwner,
  password: string,
): Promise<Result<PendingSignUp, 'link_unusable' | 'wrong_password'>> {
  const all = 'emailKey' in owner ? await findPendingSignUps(await db(), owner.emailKey) : []
  if (all.length === 0) return fail('link_unusable')
  for (const pending of all) if (await verifyPassword(pending.passwordHash, password)) return ok(pending)
  return fail('wrong_password')
}

async function openAccount(
  tx: Transaction,
  token: string,
  { id, emailKey }: PendingSignUp,
  { network, device }: Caller,
  former: string | null,
): Promise<Result<Started, 'link_unusable' | 'wrong_password'>> {
  await lockEmail(tx, emailKey)
  if (!(await consumeToken(tx, 'verification', token))) {
    await recordEvent(tx, 'authn_token_reuse', { network, via: 'verification' })
    return fail('link_unusable')
  }
  const isKept = await tx.pendingSignUp.count({ where: { id } })
  if (isKept === 0) {
    // Newer ones have taken its place since it was found.
    await reviveLink(tx, token)
    return fail('wrong_password')
  }
  const accountId = await makeAccount(tx, id)
  await deletePendingSignUps(tx, emailKey)
  if (accountId === null) {
    await endToken(tx, token, 'address_taken')
    return fail('link_unusable')
  }
  await handTokens(tx, emailKey, accountId)
  await recordEvent(tx, 'user_created', { accountId, network })
  const session = await startSession(tx, accountId, 1, device, { former })
  if (session === null) throw new Error('a session was refused in the transaction that made its account')
  return ok({ session, mark: makeMark(accountId, 1) })
}
