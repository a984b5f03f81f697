import { canonicalEmail } from '@/lib/accounts/canonical'
import { forgetGuesses } from '@/lib/accounts/guesses'
import { enqueueNotice } from '@/lib/accounts/notices'
import { endSessions, isUnblocked } from '@/lib/accounts/sessions'
import { endTokens } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { type Db, db, type Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { disputeSeconds } from '@/lib/policy'
import { sha256 } from '@/lib/secrets'

/** How things are with the account of a link "this was not me". */
export type Situation = {
  sentTo: string
  /** Whether the account still has the e-mail that the link went to. */
  isPresent: boolean
  /** The hash that the link asks for, if it asks for one; that of the first link which the e-mail still has; that of the account. */
  former: string | null
  first: string | null
  present: string
  isDisputed: boolean
  /** For good, until the link is used again: the e-mail it went to was another account's. */
  isForGood: boolean
  /** Whether the link can still block the account: each does so once. */
  mayBlock: boolean
}

/** The situation that a link is in, live or not; null when there is no such link. Under the account's lock it lasts. */
export async function findSituation(client: Db, token: string): Promise<Situation | null> {
  const [row] = await client.$queryRaw<(Omit<Situation, 'isPresent'> & { emailKey: string })[]>`
    SELECT t."sentTo", t."passwordHash" AS "former", c."passwordHash" AS "present", a."emailKey",
      (SELECT f."passwordHash" FROM "Token" f
        WHERE f."accountId" = t."accountId" AND f."purpose" = 'not_me' AND f."sentTo" = t."sentTo" AND f."passwordHash" IS NOT NULL
          AND f."usedAt" IS NULL AND f."endedAt" IS NULL AND f."expiresAt" > now()
        ORDER BY f."createdAt" LIMIT 1) AS "first",
      coalesce(c."disputedUntil" > clock_timestamp(), false) AS "isDisputed",
      coalesce(c."disputedUntil" = 'infinity', false) AS "isForGood",
      c."disputedUntil" IS NULL OR c."disputedUntil" < t."createdAt" AS "mayBlock"
    FROM "Token" t JOIN "Credential" c USING ("accountId") JOIN "Account" a ON a."id" = c."accountId"
    WHERE t."tokenHash" = ${sha256(token)} AND t."purpose" = 'not_me'`
  if (!row) return null
  const { emailKey, ...situation } = row
  return { ...situation, isPresent: canonicalEmail(row.sentTo)?.key === emailKey }
}

/** What the page of a live link "this was not me" offers. Looks only: any number of looks changes nothing. */
export async function peekNotMe(token: string | null) {
  const situation = token === null ? null : await findSituation(await db(), token)
  if (!situation) return null
  const { sentTo, isPresent, isDisputed, isForGood, former, mayBlock } = situation
  return {
    sentTo,
    isForGood,
    /** The button alone takes the account back. */
    isSure: isPresent && !isDisputed,
    /** A password does: the present one, which ends the block, or that from before the change. */
    asksFor: isPresent ? ('present' as const) : former !== null && ('former' as const),
    mayBlock: mayBlock && !isPresent,
  }
}

/** Whether nobody gets into an account for the moment. Call it under the account's lock. */
export async function isDisputed(tx: Transaction, accountId: string): Promise<boolean> {
  const disputed = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND NOT ${isUnblocked}`
  return disputed.length === 1
}

/** Until when nobody gets into an account, null for an end that only a link brings; null when it is not blocked. */
export async function findBlock(tx: Transaction, accountId: string): Promise<{ blockedUntil: string | null } | null> {
  const [block] = await tx.$queryRaw<{ until: Date | null }[]>`
    SELECT CASE WHEN "disputedUntil" < 'infinity' THEN "disputedUntil" END AS "until"
    FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND NOT ${isUnblocked}`
  return block ? { blockedUntil: block.until?.toISOString() ?? null } : null
}

/**
 * Blocks an account for 72 hours: every session and every reset link ends, and its present e-mail is told with a link that
 * lifts it by the password. False, and nothing done, when the link may block no more. Call it under the account's lock.
 */
export async function block(
  tx: Transaction,
  token: string,
  accountId: string,
  { network, device }: Caller,
  locale: Locale,
): Promise<boolean> {
  const { email: sentTo } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true } })
  // Where a link has just made the password useless, whoever used it knows only the one that it asked for.
  const [blocked] = await tx.$queryRaw<{ hash: string }[]>`
    UPDATE "Credential" SET "version" = "version" + 1,
      "disputedUntil" = clock_timestamp() + ${disputeSeconds}::int * interval '1 second'
    WHERE "accountId" = ${accountId}::uuid AND ("disputedUntil" IS NULL
      OR "disputedUntil" < (SELECT "createdAt" FROM "Token" WHERE "tokenHash" = ${sha256(token)}))
    RETURNING coalesce((SELECT t."passwordHash" FROM "Token" t
      WHERE t."accountId" = ${accountId}::uuid AND t."purpose" = 'not_me' AND t."sentTo" = ${sentTo} AND t."usedAt" >= "changedAt"
      ORDER BY t."usedAt" DESC LIMIT 1), "Credential"."passwordHash") AS "hash"`
  if (!blocked) return false
  await endSessions(tx, accountId)
  await endTokens(tx, 'password_reset', { accountId }, 'replaced')
  await endTokens(tx, 'address_change', { accountId }, 'replaced')
  await recordEvent(tx, 'user_updated', { accountId, network, via: 'not_me_block' })
  const asked = { hash: blocked.hash, isNewest: false }
  await enqueueNotice(tx, locale, { kind: 'account_disputed' }, { accountId, sentTo, asked, device })
  return true
}

/** Ends the block of an account, if there is one, and forgets the passwords it refused. Call it under the account's lock. */
export async function unblock(tx: Transaction, accountId: string): Promise<void> {
  const ended = await tx.$executeRaw`
    UPDATE "Credential" SET "disputedUntil" = clock_timestamp()
    WHERE "accountId" = ${accountId}::uuid AND "disputedUntil" > clock_timestamp()`
  if (ended > 0) await forgetGuesses(tx, accountId)
}

/** Blocks an account until a link is used that gives it back an e-mail. Call it under the account's lock. */
export async function blockForGood(tx: Transaction, accountId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Credential" SET "disputedUntil" = 'infinity' WHERE "accountId" = ${accountId}::uuid`
}
