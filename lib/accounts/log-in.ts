import { randomUUID } from 'node:crypto'
import { allowNetwork } from '@/lib/accounts/allow'
import { canonicalEmail, canonicalUsername } from '@/lib/accounts/canonical'
import { countGuess, takeBackGuess, tellIfBlocked } from '@/lib/accounts/guesses'
import type { LogIn } from '@/lib/accounts/input'
import { isMark, makeMark } from '@/lib/accounts/mark'
import { hashPassword, needsRehash, verifyPassword } from '@/lib/accounts/passwords/hashing'
import { startSession } from '@/lib/accounts/sessions'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import { takeBack } from '@/lib/failures'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

type LogInFailure = 'invalid_credentials' | 'too_many_requests'

/** What the browser held already: a session to be ended, a mark of an earlier sign-in. */
export type Presented = { session: string | null; mark: string | null }

/**
 * Signs in with an e-mail or user name and returns the session token and the browser's mark for the cookies.
 * Unknown identifier, wrong password and a throttled identifier are all `invalid_credentials`, and the same work. A browser
 * that signed in to the account with its present password is counted apart, so nobody else's failures lock it out; after
 * a hundred in a row only such browsers sign in, and the owner is told. Throws BusyError when too many passwords are being
 * hashed.
 */
export async function logIn(
  { identifier, password, locale }: LogIn & { locale: Locale },
  caller: Caller,
  presented: Presented,
): Promise<Result<{ session: string; mark: string }, LogInFailure>> {
  const client = await db()
  const { network } = caller
  const subject = identifierKey(identifier)
  const allowed = await allowNetwork(client, 'log_in', network)
  if (!allowed.ok) return allowed
  const found = await findCredential(subject)
  const detail = { accountId: found?.accountId ?? null, subject, network }
  // Made up for nobody, so that the work is the same.
  const owner = found ?? { accountId: randomUUID(), version: 1, locale }
  const { accountId, version } = owner
  const isKnown = isMark(presented.mark, accountId, version)
  const whose = found ? { accountId } : { nobody: subject }
  const guess = await countGuess(client, whose, isKnown ? 'log_in_known' : 'log_in')
  const isRight = await verifyPassword(found?.passwordHash ?? null, password).catch(async (error) => {
    if (guess) await takeBackGuess(client, guess, owner, caller.device)
    throw error
  })
  if (!guess) {
    await recordEvent(client, 'authn_login_lock', detail)
    return fail('invalid_credentials')
  }
  if (!isRight || !found) {
    await recordEvent(client, guess.isLastOfDay ? 'authn_login_fail_max' : 'authn_login_fail', detail)
    await tellIfBlocked(client, guess, owner, caller.device)
    return fail('invalid_credentials')
  }

  const session = await transaction(async (tx) => {
    const started = await startSession(tx, accountId, version, caller.device, { former: presented.session, locale })
    if (started === null) return null
    await takeBack(tx, guess, { isAnew: true })
    await recordEvent(tx, 'authn_login_success', detail)
    return started
  })
  if (session === null) {
    // Right, but the password has just changed or the account is blocked.
    await takeBackGuess(client, guess, owner, caller.device)
    await recordEvent(client, 'authn_login_lock', detail)
    return fail('invalid_credentials')
  }
  if (needsRehash(found.passwordHash)) await rehash(accountId, found.passwordHash, password)
  return ok({ session, mark: isKnown && presented.mark ? presented.mark : makeMark(accountId, version) })
}

/** The key of an identifier: e-mails and user names live apart, for a user name never holds `@`. */
export function identifierKey(identifier: string): string {
  if (identifier.includes('@')) return canonicalEmail(identifier)?.key ?? identifier
  return canonicalUsername(identifier) ?? identifier
}

type Found = { accountId: string; locale: Locale; passwordHash: string; version: number }

/** Returns a row for nobody too, so that reading takes the same time. */
async function findCredential(key: string): Promise<Found | null> {
  const client = await db()
  const [row] = await client.$queryRaw<(Found | { accountId: null })[]>`
    SELECT found.* FROM (SELECT) AS always LEFT JOIN (
      SELECT a."id" AS "accountId", a."locale", c."passwordHash", c."version"
      FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id"
      WHERE ${key.includes('@')} AND a."emailKey" = ${key} OR NOT ${key.includes('@')} AND a."usernameKey" = ${key}
    ) AS found ON true`
  return row?.accountId ? row : null
}

/** Raises an old hash to today's parameters, unless the password was changed meanwhile; another time if there is no room now. */
async function rehash(accountId: string, oldHash: string, password: string): Promise<void> {
  const client = await db()
  const passwordHash = await hashPassword(password).catch(() => null)
  if (passwordHash === null) return
  await client.credential.updateMany({ where: { accountId, passwordHash: oldHash }, data: { passwordHash } })
}
