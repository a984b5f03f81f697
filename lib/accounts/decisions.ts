import { randomUUID } from 'node:crypto'
import { decideAddressChange, decideNotice, decideSecured } from '@/lib/accounts/change-decisions'
import { decideClosing } from '@/lib/accounts/closing-notice'
import { lockAccount } from '@/lib/accounts/credentials'
import { type Draft, type Drafter, drafter, getAccount, newToken } from '@/lib/accounts/drafts'
import { matchesIdentity } from '@/lib/accounts/identity'
import type { Intent, IntentOf } from '@/lib/accounts/intents'
import { limits } from '@/lib/accounts/policy'
import { endTokens } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { consume, type Window } from '@/lib/rate-limit'

/**
 * Decides what an intent becomes: a draft, or null when nobody is to be told anything; `not_yet`, and nothing written,
 * while something asked for earlier must be decided first. Part of the transaction that keeps the decision, so an
 * account, its token and its mail are made together or not at all.
 */
export async function decideIntent(
  tx: Transaction,
  intent: Intent,
  locale: Locale,
  askedAt: Date,
): Promise<Draft | null | 'not_yet'> {
  const draft = drafter(intent.device, askedAt)
  switch (intent.kind) {
    case 'sign_up':
      return decideSignUp(tx, intent, locale, draft)
    case 'verification':
      return decideVerification(tx, intent, draft)
    case 'password_reset':
      // Whoever signs up and at once asks for a reset has an account, wherever the worker is that makes it.
      if (await isSignUpAhead(tx, intent.claim.email.key, askedAt)) return 'not_yet'
      return decidePasswordReset(tx, intent, draft)
    case 'address_change':
      return decideAddressChange(tx, intent, draft)
    case 'account_secured':
      return decideSecured(tx, intent, draft)
    case 'password_changed':
    case 'address_changed':
      return decideNotice(tx, intent, draft)
    case 'account_closing':
      return decideClosing(await getAccount(tx, intent.accountId), draft)
  }
}

async function decideSignUp(
  tx: Transaction,
  intent: IntentOf<'sign_up'>,
  locale: Locale,
  draft: Drafter,
): Promise<Draft | null> {
  const { claim, passwordHash } = intent
  if (!(await consume(tx, 'sign_up_mail', claim.email.key, limits.signUpMailPerEmail))) return null
  // An address nobody has proved belongs to whoever asked last, so that nobody can hold it against its owner.
  const [unproved] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Account" AS kept ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale")
    VALUES (${randomUUID()}::uuid, ${claim.email.address}, ${claim.email.key}, ${claim.firstName}, ${claim.lastName}, ${claim.country},
      ${claim.organizationType}::"OrganizationType", ${locale})
    ON CONFLICT ("emailKey") DO UPDATE SET "email" = excluded."email", "firstName" = excluded."firstName", "lastName" = excluded."lastName",
      "country" = excluded."country", "organizationType" = excluded."organizationType", "locale" = excluded."locale", "createdAt" = now()
      WHERE kept."verifiedAt" IS NULL
    RETURNING "id"`
  const account = await tx.account.findUniqueOrThrow({ where: { emailKey: claim.email.key } })
  if (!unproved) return draft('account_exists', account)
  await tx.$executeRaw`
    INSERT INTO "Credential" AS kept ("accountId", "passwordHash") VALUES (${account.id}::uuid, ${passwordHash})
    ON CONFLICT ("accountId") DO UPDATE SET "passwordHash" = excluded."passwordHash", "version" = kept."version" + 1, "changedAt" = now()`
  await endTokens(tx, 'verification', account.id, 'replaced')
  await endTokens(tx, 'password_reset', account.id, 'replaced')
  await recordEvent(tx, 'user_created', { accountId: account.id })
  return draft('verify_address', account, await newToken(tx, 'verification', account))
}

/** Whether a sign-up with an address, asked for before, is undecided still. */
async function isSignUpAhead(tx: Transaction, emailKey: string, askedAt: Date): Promise<boolean> {
  const ahead = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Mail" WHERE "state" = 'waiting' AND "kind" = 'sign_up' AND "template" IS NULL
      AND "data" #>> '{claim,email,key}' = ${emailKey} AND "createdAt" < ${askedAt.toISOString()}::timestamptz LIMIT 1`
  return ahead.length > 0
}

async function decideVerification(
  tx: Transaction,
  { accountId }: IntentOf<'verification'>,
  draft: Drafter,
): Promise<Draft | null> {
  await lockAccount(tx, accountId)
  const account = await getAccount(tx, accountId)
  if (account.verifiedAt || !(await consume(tx, 'verification_mail', accountId, limits.verificationMailPerAccount)))
    return null
  return draft('verify_address', account, await newToken(tx, 'verification', account))
}

async function decidePasswordReset(
  tx: Transaction,
  { claim }: IntentOf<'password_reset'>,
  draft: Drafter,
): Promise<Draft | null> {
  const account = await tx.account.findUnique({ where: { emailKey: claim.email.key } })
  if (!account) return null
  // Each has limits of its own: whoever knows only the address must not be able to use up those of its owner.
  if (!matchesIdentity(claim, account))
    return (await mayMail(tx, 'mismatch_mail', account.id, limits.mismatchMailPerAccount))
      ? draft('request_mismatch', account)
      : null
  if (!(await mayMail(tx, 'reset_mail', account.id, limits.resetMailPerAccount))) return null
  await lockAccount(tx, account.id)
  const locked = await getAccount(tx, account.id)
  // The address may have been changed between the look and the lock: a link to the former one would live.
  if (locked.emailKey !== claim.email.key) return null
  return draft('reset_password', locked, await newToken(tx, 'password_reset', locked))
}

async function mayMail(
  tx: Transaction,
  action: string,
  accountId: string,
  windows: readonly Window[],
): Promise<boolean> {
  const allowed = await consume(tx, action, accountId, windows)
  if (!allowed) await recordEvent(tx, 'excess_rate_limit_exceeded', { accountId, via: action })
  return allowed
}
