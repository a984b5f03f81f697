import type { Caller } from '@/lib/accounts/caller'
import type { LinkProblem } from '@/lib/accounts/codes'
import { lockAccount, replacePassword } from '@/lib/accounts/credentials'
import { hashPassword } from '@/lib/accounts/hashing'
import { type Identity, matchesIdentity } from '@/lib/accounts/identity'
import type { IdentityClaim, ResetRedeem } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { judgePassword } from '@/lib/accounts/judge-password'
import { limits, tokenPolicy } from '@/lib/accounts/policy'
import type { WeakPassword } from '@/lib/accounts/sign-up'
import { consumeToken, isToken, peekToken } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import { db, type Transaction, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { sha256 } from '@/lib/keys'
import { consume, forgive } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

const { maxIdentityAttempts } = tokenPolicy.passwordReset

/** Asks for a reset link. The account is looked up when the mail is decided: here every claim costs the same. */
export async function requestPasswordReset(
  claim: IdentityClaim,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests'>> {
  const client = await db()
  if (!(await consume(client, 'reset_request', caller.address, limits.resetRequestPerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address: caller.address, via: 'reset_request' })
    return fail('too_many_requests')
  }
  await enqueueIntent(client, locale, { kind: 'password_reset', claim, device: caller.device })
  return ok()
}

/** Whether a reset link still serves, or why not. Changes nothing. */
export function peekPasswordReset(token: string | null): Promise<'live' | LinkProblem> {
  return peekToken('password_reset', token)
}

/**
 * Makes the new password of whoever holds the link and knows the five fields. Each mismatch counts, the fifth ends the
 * link (`link_unusable` from then on); a weak password costs nothing. On success, in one transaction: password changed,
 * address proved, every session and link of the account ended, notice on its way. Of many at once one succeeds.
 * Throws BusyError when too many passwords are being hashed.
 */
export async function redeemPasswordReset(
  token: string | null,
  { newPassword, ...claim }: ResetRedeem,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests' | 'identity_mismatch' | 'link_unusable'> | WeakPassword> {
  const client = await db()
  const { address } = caller
  if (!(await consume(client, 'reset_redeem', address, limits.resetRedeemPerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address, via: 'reset_redeem' })
    return fail('too_many_requests')
  }
  if (token === null || !isToken(token)) {
    await recordEvent(client, 'sequence_fail', { address, via: 'password_reset' })
    return fail('link_unusable')
  }

  const holder = await countAttempt(client, token)
  if (!holder) {
    await recordEvent(client, 'authn_token_reuse', { address, via: 'password_reset' })
    return fail('link_unusable')
  }
  const { accountId } = holder
  if (!matchesIdentity(claim, holder)) {
    if (holder.attempts >= maxIdentityAttempts) await endExhausted(token, accountId, address)
    await recordEvent(client, 'authn_password_change_fail', { accountId, address, via: 'identity_mismatch' })
    return fail(holder.attempts >= maxIdentityAttempts ? 'link_unusable' : 'identity_mismatch')
  }
  await client.$executeRaw`UPDATE "Token" SET "attempts" = "attempts" - 1 WHERE "tokenHash" = ${sha256(token)}`

  const issues = await judgePassword(newPassword, holder)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(newPassword)

  return transaction(async (tx) => {
    await lockAccount(tx, accountId)
    if (!(await consumeToken(tx, 'password_reset', token))) return fail('link_unusable')
    await tx.$executeRaw`UPDATE "Account" SET "verifiedAt" = coalesce("verifiedAt", now()) WHERE "id" = ${accountId}::uuid`
    await replacePassword(tx, accountId, passwordHash, caller, locale, 'password_reset')
    await forgive(tx, 'log_in', holder.emailKey)
    if (holder.usernameKey !== null) await forgive(tx, 'log_in', holder.usernameKey)
    return ok()
  })
}

type Holder = Identity & {
  accountId: string
  email: string
  username: string | null
  usernameKey: string | null
  attempts: number
}

/** Counts an attempt ahead of the answer, so that guesses at the same moment cannot share one. Null when the link is dead. */
async function countAttempt(client: Transaction, token: string): Promise<Holder | null> {
  const [holder] = await client.$queryRaw<Holder[]>`
    UPDATE "Token" t SET "attempts" = t."attempts" + 1 FROM "Account" a
    WHERE t."tokenHash" = ${sha256(token)} AND t."purpose" = 'password_reset' AND a."id" = t."accountId"
      AND t."usedAt" IS NULL AND t."endedAt" IS NULL AND t."expiresAt" > now() AND t."attempts" < ${maxIdentityAttempts}::int
    RETURNING a."id" AS "accountId", a."email", a."emailKey", a."username", a."usernameKey", a."firstName", a."lastName", a."country",
      a."organizationType"::text AS "organizationType", t."attempts"`
  return holder ?? null
}

async function endExhausted(token: string, accountId: string, address: string): Promise<void> {
  await transaction(async (tx) => {
    const ended = await tx.$executeRaw`
      UPDATE "Token" SET "endedAt" = now(), "endReason" = 'too_many_attempts'
      WHERE "tokenHash" = ${sha256(token)} AND "usedAt" IS NULL AND "endedAt" IS NULL`
    if (ended > 0) await recordEvent(tx, 'authn_token_revoked', { accountId, address, via: 'too_many_attempts' })
  })
}
