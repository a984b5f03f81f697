import type { Adapter, AdapterPayload } from 'oidc-provider'
import { InvalidGrant, LoginRequired } from 'oidc-provider/lib/helpers/errors.js'
import { isLive, seen } from '@/lib/accounts/sessions'
import { ask, breaksReference, db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { appPolicy, sessionPolicy } from '@/lib/policy'
import { isToken, sha256 } from '@/lib/secrets'

/** What applications may know of an account. There is no consent to ask for: they are all the operator's own. */
export const grantedScope = 'openid profile email'

type Kept = Record<string, unknown>

/**
 * What the provider keeps, by its own word for each kind. A session is our session, a grant what says that it reaches to an application,
 * and both are only read here: nothing is remembered of whoever is not signed in. Codes and access tokens hang on these, and die with them.
 */
export function recordsOf(kind: string): Adapter {
  if (kind === 'Session') return { ...nothing, find: readSession }
  if (kind === 'Grant') return { ...nothing, find: findGrant }
  if (kind === 'AuthorizationCode' || kind === 'AccessToken') return tokens(kind)
  return nothing
}

const nothing: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
}

/** By the token of our cookie; none while the account is to be closed. */
async function readSession(token: string): Promise<AdapterPayload | undefined> {
  if (!isToken(token)) return undefined
  const [session] = await ask<{
    id: string
    accountId: string
    age: number
    authorizations: Kept | null
  }>(Prisma.sql`
    WITH ${seen(token)}
    SELECT s."id", s."accountId", extract(epoch FROM now() - s."createdAt")::float8 AS "age",
      (SELECT json_object_agg(a."app", json_build_object('sid', a."id", 'grantId', a."id")) FROM "AppSession" a WHERE a."sessionId" = s."id") AS "authorizations"
    FROM "Session" s JOIN "Credential" c USING ("accountId") JOIN "Account" a ON a."id" = s."accountId"
    WHERE s."tokenHash" = ${sha256(token)} AND ${isLive} AND a."closesAt" IS NULL`)
  if (!session) return undefined
  const { id, accountId, age, authorizations } = session
  return {
    kind: 'Session',
    jti: token,
    uid: id,
    accountId,
    loginTs: Math.floor(Date.now() / 1_000 - age),
    amr: ['pwd'],
    ...lifetime(),
    ...(authorizations && { authorizations }),
  } as AdapterPayload
}

async function findGrant(id: string): Promise<AdapterPayload | undefined> {
  const [grant] = await ask<{ accountId: string; clientId: string }>(Prisma.sql`
    SELECT a."accountId", a."app" AS "clientId"
    FROM "AppSession" a JOIN "Session" s ON s."id" = a."sessionId" JOIN "Credential" c ON c."accountId" = s."accountId"
    WHERE a."id" = ${id}::uuid AND ${isLive}`)
  return (
    grant && ({ kind: 'Grant', jti: id, ...grant, openid: { scope: grantedScope }, ...lifetime() } as AdapterPayload)
  )
}

/** Whatever asks for it finds it anew each time. */
function lifetime() {
  const now = Math.floor(Date.now() / 1_000)
  return { iat: now, exp: now + sessionPolicy.absoluteSeconds }
}

/** That a session of ours reaches to an application: its id, the same each time. Null when the session has ended. */
export async function reachApp(sessionId: string, app: string): Promise<string | null> {
  const [row] = await ask<{ id: string }>(Prisma.sql`
    INSERT INTO "AppSession" ("sessionId", "app", "accountId")
    SELECT s."id", ${app}, s."accountId" FROM "Session" s WHERE s."id" = ${sessionId}::uuid FOR KEY SHARE
    ON CONFLICT ("sessionId", "app") DO UPDATE SET "app" = excluded."app" RETURNING "id"`)
  return row?.id ?? null
}

/** Whether it is by the session of this token that somebody is signed in to an application; null where that session is over. */
export async function isReachedBy(token: string, appSessionId: string | null): Promise<boolean | null> {
  const [session] = await ask<{ isReached: boolean }>(Prisma.sql`
    SELECT EXISTS (SELECT FROM "AppSession" a WHERE a."sessionId" = s."id" AND a."id"::text = ${appSessionId}) AS "isReached"
    FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."tokenHash" = ${sha256(token)} AND ${isLive}`)
  return session?.isReached ?? null
}

function tokens(kind: string): Adapter {
  return {
    ...nothing,
    async upsert(token, { jti: _, ...data }, seconds) {
      const client = await db()
      try {
        await client.$executeRaw`
          INSERT INTO "AppToken" ("tokenHash", "kind", "appSessionId", "data", "expiresAt")
          VALUES (${sha256(token)}, ${kind}, ${data.grantId}::uuid, ${data}::jsonb, now() + ${seconds}::int * interval '1 second')`
      } catch (error) {
        if (!breaksReference(error)) throw error
        // The session ended a moment ago.
        throw kind === 'AccessToken'
          ? new InvalidGrant('the session has ended')
          : new LoginRequired('the session has ended')
      }
    },
    async find(token) {
      const [row] = await ask<{ data: Kept; used: number | null }>(Prisma.sql`
        SELECT t."data", CASE WHEN t."usedAt" < now() - ${appPolicy.codeRaceSeconds}::int * interval '1 second'
          THEN extract(epoch FROM t."usedAt")::int END AS "used"
        FROM "AppToken" t JOIN "AppSession" a ON a."id" = t."appSessionId" JOIN "Session" s ON s."id" = a."sessionId"
        JOIN "Credential" c ON c."accountId" = s."accountId"
        WHERE t."tokenHash" = ${sha256(token)} AND t."kind" = ${kind} AND t."expiresAt" > now() AND ${isLive}`)
      return row && { ...row.data, jti: token, ...(row.used !== null && { consumed: row.used }) }
    },
    async consume(token) {
      const client = await db()
      const used = await client.$executeRaw`
        UPDATE "AppToken" SET "usedAt" = now() WHERE "tokenHash" = ${sha256(token)} AND "usedAt" IS NULL`
      if (used === 0) throw new InvalidGrant('the code was redeemed already')
    },
    async destroy(token) {
      const client = await db()
      await client.$executeRaw`DELETE FROM "AppToken" WHERE "tokenHash" = ${sha256(token)}`
    },
    async revokeByGrantId(grantId) {
      const client = await db()
      await client.$executeRaw`DELETE FROM "AppToken" WHERE "appSessionId" = ${grantId}::uuid AND "kind" = ${kind}`
    },
  }
}
