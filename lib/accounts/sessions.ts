import type { Device } from '@/lib/accounts/caller'
import type { OrganizationType } from '@/lib/accounts/input'
import { sessionPolicy } from '@/lib/accounts/policy'
import { isToken } from '@/lib/accounts/tokens'
import { db, type Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { randomToken, sha256 } from '@/lib/keys'

const { idleSeconds, absoluteSeconds, touchSeconds } = sessionPolicy

/** Whose session it is, as the account page shows it. */
export type SessionAccount = {
  id: string
  email: string
  username: string | null
  firstName: string
  lastName: string
  country: string
  organizationType: OrganizationType
  locale: string
  createdAt: Date
  /** When it will be closed, where that was asked for. */
  closesAt: Date | null
}

/**
 * Signs a browser in and returns the token for its cookie; null when the credential is no longer the version that was
 * verified. One statement decides, and waits for a change of the credential that is under way; it also ends `former`,
 * the session which the browser held before, and makes `locale` the account's language.
 */
export async function startSession(
  tx: Transaction,
  accountId: string,
  credentialVersion: number,
  device: Device,
  { former = null, locale = null }: { former?: string | null; locale?: Locale | null } = {},
): Promise<string | null> {
  const token = randomToken()
  const started = await tx.$queryRaw<unknown[]>`
    WITH ended AS (DELETE FROM "Session" WHERE "tokenHash" = ${former === null ? null : sha256(former)}),
    started AS (
      INSERT INTO "Session" ("tokenHash", "accountId", "credentialVersion", "device", "expiresAt")
      SELECT ${sha256(token)}, "accountId", "version", ${device}::jsonb, now() + ${absoluteSeconds}::int * interval '1 second'
      FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND "version" = ${credentialVersion}::int FOR SHARE
      RETURNING "accountId"
    ),
    spoken AS (
      UPDATE "Account" SET "locale" = ${locale} FROM started WHERE "id" = "accountId" AND "locale" <> ${locale}
    )
    SELECT 1 FROM started`
  return started.length === 1 ? token : null
}

/** The account of a live session, or null. One round trip; marks the session as seen at most once in five minutes. */
export async function findSession(token: string | null): Promise<SessionAccount | null> {
  if (token === null || !isToken(token)) return null
  const client = await db()
  const [account] = await client.$queryRaw<SessionAccount[]>`
    WITH live AS (
      SELECT s."tokenHash", s."lastSeenAt", a."id", a."email", a."username", a."firstName", a."lastName", a."country",
        a."organizationType"::text AS "organizationType", a."locale", a."createdAt", a."closesAt"
      FROM "Session" s JOIN "Credential" c USING ("accountId") JOIN "Account" a ON a."id" = s."accountId"
      WHERE s."tokenHash" = ${sha256(token)} AND s."credentialVersion" = c."version" AND s."expiresAt" > now()
        AND s."lastSeenAt" > now() - ${idleSeconds}::int * interval '1 second'
    ), seen AS (
      UPDATE "Session" s SET "lastSeenAt" = now() FROM live
      WHERE s."tokenHash" = live."tokenHash" AND live."lastSeenAt" < now() - ${touchSeconds}::int * interval '1 second'
    )
    SELECT "id", "email", "username", "firstName", "lastName", "country", "organizationType", "locale", "createdAt", "closesAt" FROM live`
  return account ?? null
}

/** Ends one session. Harmless when it has ended already. */
export async function endSession(tx: Transaction, token: string): Promise<void> {
  await tx.session.deleteMany({ where: { tokenHash: sha256(token) } })
}

/** Ends every session of an account. */
export async function endSessions(tx: Transaction, accountId: string): Promise<void> {
  await tx.session.deleteMany({ where: { accountId } })
}
