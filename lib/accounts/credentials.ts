import { forgetGuesses } from '@/lib/accounts/guesses'
import { enqueueNotice } from '@/lib/accounts/notices'
import { endSessions, isUnblocked } from '@/lib/accounts/sessions'
import { endTokens } from '@/lib/accounts/tokens'
import { type AuditDetail, recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'

/** Makes this transaction the only one that changes the account's secrets until it ends. Every such change begins with it. */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Credential" WHERE "accountId" = ${accountId}::uuid FOR UPDATE`
}

/** The same; false when the credential is no longer the version that was verified, or while the account is blocked. */
export async function lockAccountAt(tx: Transaction, accountId: string, version: number): Promise<boolean> {
  const [credential] = await tx.$queryRaw<{ version: number }[]>`
    SELECT "version" FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND ${isUnblocked} FOR UPDATE`
  return credential?.version === version
}

/**
 * Puts a new password in the place of the old one with all that belongs to it: the version rises, sessions and links
 * end, guesses at the old one are forgotten, the change is recorded and its notice is on its way. Call it in a
 * transaction, under the account's lock.
 */
export async function replacePassword(
  tx: Transaction,
  accountId: string,
  passwordHash: string,
  caller: Caller,
  locale: Locale,
  via: NonNullable<AuditDetail['via']>,
): Promise<number> {
  const { passwordHash: former } = await tx.credential.findUniqueOrThrow({
    where: { accountId },
    select: { passwordHash: true },
  })
  const version = await putPasswordHash(tx, accountId, passwordHash)
  await recordEvent(tx, 'authn_password_change', { accountId, network: caller.network, via })
  const { email } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { email: true } })
  // Whoever made a password by the mailbox alone may know none from before it.
  const asked = via === 'password_reset' ? { hash: passwordHash, isNewest: true } : { hash: former, isNewest: false }
  await enqueueNotice(
    tx,
    locale,
    { kind: 'password_changed' },
    { accountId, sentTo: email, asked, device: caller.device },
  )
  await forgetGuesses(tx, accountId)
  return version
}

/**
 * Puts a hash in the place of the former one and returns the credential's new version: every session ends, and every link
 * that the former one stood behind. Nobody is told. Call it in a transaction, under the account's lock.
 */
export async function putPasswordHash(tx: Transaction, accountId: string, passwordHash: string): Promise<number> {
  const [changed] = await tx.$queryRaw<{ version: number }[]>`
    UPDATE "Credential" SET "passwordHash" = ${passwordHash}, "version" = "version" + 1, "changedAt" = now()
    WHERE "accountId" = ${accountId}::uuid RETURNING "version"`
  if (!changed) throw new Error('an account without a credential')
  await endSessions(tx, accountId)
  await endTokens(tx, 'password_reset', { accountId }, 'password_changed')
  await endTokens(tx, 'address_change', { accountId }, 'password_changed')
  return changed.version
}
