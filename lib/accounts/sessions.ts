import { languageOf } from '@/lib/accounts/change-language'
import { type Identity, identityOfAccount } from '@/lib/accounts/identity'
import type { Device } from '@/lib/caller'
import { ask, db, type Transaction } from '@/lib/db/client'
import { type Account, Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/locales'
import { sessionPolicy } from '@/lib/policy'
import { isToken, randomToken, sha256 } from '@/lib/secrets'

const { idleSeconds, absoluteSeconds, touchSeconds } = sessionPolicy

/** Of a session `s` beside the credential `c` of its account. */
export const isLive = Prisma.sql`s."credentialVersion" = c."version" AND s."expiresAt" > now()
  AND s."lastSeenAt" > now() - ${idleSeconds}::int * interval '1 second'`

/** Of a credential: nobody has blocked its account. */
export const isUnblocked = Prisma.sql`("disputedUntil" IS NULL OR "disputedUntil" <= clock_timestamp())`

/** Whose session it is, as the account page shows it; `closesAt`: when it will be closed, where that was asked for; `mailReturnedAt`: not null while mails to it come back. */
export type SessionAccount = Identity &
  Pick<Account, 'id' | 'username' | 'locale' | 'createdAt' | 'closesAt' | 'mailReturnedAt'>

type Started = { former?: string | null; locale?: Locale | null; notice?: Prisma.Sql | null }

/**
 * Signs a browser in and returns the token for its cookie; null when the credential is no longer the version that was
 * verified, or while the account is blocked. One statement decides, and waits for a change of the credential that is under way; it also ends `former`,
 * the session which the browser held before, makes `locale` the account's language, and writes the mail that `notice` makes of what began.
 */
export async function startSession(
  tx: Transaction,
  accountId: string,
  credentialVersion: number,
  device: Device,
  how: Started = {},
): Promise<string | null> {
  const { token, steps } = startingSession(accountId, credentialVersion, device, how)
  const started = await tx.$queryRaw<unknown[]>`WITH ${steps} SELECT 1 FROM started`
  return started.length === 1 ? token : null
}

/** The same in SQL: steps of a larger statement, of which `started` has a row where the session began, and the token. */
export function startingSession(
  accountId: string,
  credentialVersion: number,
  device: Device,
  { former = null, locale = null, notice = null }: Started,
): { token: string; steps: Prisma.Sql } {
  const token = randomToken()
  const formerHash = former === null ? null : sha256(former)
  const steps = Prisma.sql`
    started AS (
      INSERT INTO "Session" ("tokenHash", "formerHash", "accountId", "credentialVersion", "device", "expiresAt")
      SELECT ${sha256(token)}, ${formerHash}, "accountId", "version", ${device}::jsonb, now() + ${absoluteSeconds}::int * interval '1 second'
      FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND "version" = ${credentialVersion}::int
        AND ${isUnblocked} FOR SHARE
      RETURNING "id" AS "sessionId", "accountId"
    ),
    ended AS (
      DELETE FROM "Session" WHERE (${isOfBrowser(formerHash)}) AND EXISTS (SELECT FROM started)
    ),
    spoken AS (
      UPDATE "Account" SET ${languageOf(locale)} FROM started WHERE "id" = "accountId" AND "locale" <> ${locale}
      RETURNING 1
    )${notice === null ? Prisma.empty : Prisma.sql`, told AS (${notice} FROM started)`}${carrying(former)}`
  return { token, steps }
}

/** In SQL: who signs in once more stays signed in to the applications that they entered before. */
function carrying(former: string | null): Prisma.Sql {
  if (former === null || env().apps.length === 0) return Prisma.empty
  return Prisma.sql`, carried AS (
    UPDATE "AppSession" a SET "sessionId" = started."sessionId" FROM started, (
      SELECT DISTINCT ON ("app", "Session"."accountId") "AppSession"."id", "Session"."accountId"
      FROM "Session" JOIN "AppSession" ON "sessionId" = "Session"."id" WHERE ${isOfBrowser(sha256(former))}
    ) AS held
    WHERE a."id" = held."id" AND held."accountId" = started."accountId"
  )`
}

/** The account of a live session, or null. One round trip; marks the session as seen at most once in five minutes. */
export async function findSession(token: string): Promise<SessionAccount | null> {
  if (!isToken(token)) return null
  const [account] = await ask<SessionAccount>(Prisma.sql`
    WITH ${seen(token)}
    SELECT a."id", a."username", ${identityOfAccount}, a."locale", a."createdAt", a."closesAt", a."mailReturnedAt"
    FROM "Session" s JOIN "Credential" c USING ("accountId") JOIN "Account" a ON a."id" = s."accountId"
    WHERE s."tokenHash" = ${sha256(token)} AND ${isLive}`)
  return account ?? null
}

/** In SQL: a step that marks the live session of a token as seen, at most once in five minutes. */
export function seen(token: string): Prisma.Sql {
  return Prisma.sql`seen AS (
    UPDATE "Session" s SET "lastSeenAt" = now() FROM "Credential" c
    WHERE s."tokenHash" = ${sha256(token)} AND c."accountId" = s."accountId" AND ${isLive}
      AND s."lastSeenAt" < now() - ${touchSeconds}::int * interval '1 second'
  )`
}

/** One browser in which an account is signed in. `id` names the session and opens nothing. */
export type ListedSession = { id: string; device: Device; createdAt: Date; lastSeenAt: Date; isThisOne: boolean }

/** Where an account is signed in: the browser that holds `token` first, then those seen last. */
export async function listSessions(accountId: string, token: string | null): Promise<ListedSession[]> {
  const client = await db()
  return client.$queryRaw<ListedSession[]>`
    SELECT s."id", s."device", s."createdAt", s."lastSeenAt", s."tokenHash" = ${sha256(token ?? '')} AS "isThisOne"
    FROM "Session" s JOIN "Credential" c USING ("accountId")
    WHERE s."accountId" = ${accountId}::uuid AND ${isLive}
    ORDER BY "isThisOne" DESC, s."lastSeenAt" DESC, s."id"`
}

/** Ends the session that a browser holds. False when it had ended already. */
export async function endSession(tx: Transaction, token: string): Promise<boolean> {
  return (await tx.$executeRaw`DELETE FROM "Session" WHERE ${isOfBrowser(sha256(token))}`) > 0
}

/** Ends one session of an account, by its id. False when it had ended already, or is another account's. */
export async function endListedSession(tx: Transaction, accountId: string, id: string): Promise<boolean> {
  const one = Prisma.sql`(SELECT "tokenHash" FROM "Session" WHERE "id" = ${id}::uuid AND "accountId" = ${accountId}::uuid)`
  return (await tx.$executeRaw`DELETE FROM "Session" WHERE ${isOfBrowser(one)}`) > 0
}

/** In SQL, of a session: it has this digest of a token, or began from the same one, as when a sign-in was sent twice. A browser holds one of these. */
function isOfBrowser(tokenHash: Prisma.Sql | string | null): Prisma.Sql {
  return Prisma.sql`"tokenHash" = ${tokenHash} OR "formerHash" = (SELECT "formerHash" FROM "Session" WHERE "tokenHash" = ${tokenHash})`
}

/** Ends every session of an account. False when it had none. */
export async function endSessions(tx: Transaction, accountId: string): Promise<boolean> {
  const { count } = await tx.session.deleteMany({ where: { accountId } })
  return count > 0
}
