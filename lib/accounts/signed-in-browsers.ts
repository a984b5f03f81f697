import type { Device } from '@/lib/accounts/caller'
import { sessionPolicy } from '@/lib/accounts/policy'
import { recordEvent } from '@/lib/audit'
import { db, transaction } from '@/lib/db/client'
import { sha256 } from '@/lib/keys'

const { idleSeconds } = sessionPolicy

/** One browser in which an account is signed in. `id` names the session and opens nothing. */
export type SignedInBrowser = { id: string; device: Device; createdAt: Date; lastSeenAt: Date; isThisOne: boolean }

/** Where an account is signed in: the browser that holds `token` first, then those seen last. */
export async function listSignedInBrowsers(accountId: string, token: string | null): Promise<SignedInBrowser[]> {
  const client = await db()
  return client.$queryRaw<SignedInBrowser[]>`
    SELECT s."id", s."device", s."createdAt", s."lastSeenAt", s."tokenHash" = ${sha256(token ?? '')} AS "isThisOne"
    FROM "Session" s JOIN "Credential" c USING ("accountId")
    WHERE s."accountId" = ${accountId}::uuid AND s."credentialVersion" = c."version" AND s."expiresAt" > now()
      AND s."lastSeenAt" > now() - ${idleSeconds}::int * interval '1 second'
    ORDER BY "isThisOne" DESC, s."lastSeenAt" DESC, s."id"`
}

/** Signs one browser out. Harmless when it is signed out already, or in to another account. */
export async function signOutBrowser(accountId: string, sessionId: string): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, accountId } })
    if (count > 0) await recordEvent(tx, 'session_expired', { accountId, via: 'sign_out_browser' })
  })
}
