import { randomUUID } from 'node:crypto'
import { allowTarget } from '@/lib/accounts/allow'
import { canonicalEmail, canonicalUsername } from '@/lib/accounts/canonical'
import { countGuess, takeBackGuess, tellIfBlocked } from '@/lib/accounts/guesses'
import type { LogIn } from '@/lib/accounts/input'
import { findMark, makeMark } from '@/lib/accounts/mark'
import { newBrowserNotice } from '@/lib/accounts/notices'
import { hashPassword, needsRehash, verifyPassword } from '@/lib/accounts/passwords/hashing'
import { isUnblocked, startSession } from '@/lib/accounts/sessions'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import { takeBack } from '@/lib/failures'
import type { Locale } from '@/lib/i18n/locales'
import { noteEnqueued } from '@/lib/mail/enqueue'
import { markPolicy } from '@/lib/policy'
import { fail, ok, type Result } from '@/lib/result'
import { settling } from '@/lib/targets'

type LogInFailure = 'invalid_credentials' | 'too_many_requests'

/** What the browser held already: a session to be ended, the marks of earlier sign-ins. */
export type Presented = { session: string | null; mark: string | null }

/**
 * Signs in with an e-mail or user name and returns the session token and the browser's mark for the cookies. The owner is told
 * of a browser that has no mark, or only that of who made the password longer than ten minutes ago.
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
  // Ahead of the outcome, as all that is counted here: guesses at the same moment cannot share a count.
  const allowed = await allowTarget(client, 'log_in', subject, network)
  return settling(client, allowed.ok ? allowed.value : null, async (settle) => {
    const found = await findCredential(subject)
    const detail = { accountId: found?.accountId ?? null, subject, network }
    // Made up for nobody, so that the work is the same.
    const owner = found ?? { accountId: randomUUID(), version: 1, locale }
    const { accountId, version } = owner
    const known = findMark(presented.mark, accountId, version)
    if (!allowed.ok && !known) return allowed
    const whose = found ? { accountId } : { nobody: subject }
    const guess = await countGuess(client, whose, known ? 'log_in_known' : 'log_in', allowed.ok)
    if (!guess && !allowed.ok) return allowed
    const takeBackAndThrow = async (error: unknown) => {
      if (guess) await takeBackGuess(client, guess, owner, caller.device)
      throw error
    }
    const isRight = await verifyPassword(found?.passwordHash ?? null, password).catch(takeBackAndThrow)
    if (!guess) {
      await settle('counts')
      await recordEvent(client, 'authn_login_lock', detail)
      return fail('invalid_credentials')
    }
    // Also the right one of a blocked account, so that it is not told apart from a wrong one.
    if (!isRight || !found || found.isBlocked) {
      await settle('counts')
      const failure = guess.isLastOfDay ? 'authn_login_fail_max' : 'authn_login_fail'
      await recordEvent(client, isRight ? 'authn_login_lock' : failure, detail)
      await tellIfBlocked(client, guess, owner, caller.device)
      return fail('invalid_credentials')
    }

    const isNews = known === null || (known.origin === 'made' && !found.isJustMade)
    const notice = isNews ? newBrowserNotice(found, caller) : null
    const session = await transaction(async (tx) => {
      const how = { former: presented.session, locale, notice: notice?.insert ?? null }
      const started = await startSession(tx, accountId, version, caller.device, how)
      if (started === null) return null
      await takeBack(tx, guess, { isAnew: true })
      await recordEvent(tx, 'authn_login_success', detail)
      return started
    }).catch(takeBackAndThrow)
    await settle(session === null ? 'counts' : 'right')
    if (session === null) {
      // Right, but meanwhile the password was changed or the account blocked.
      await takeBackGuess(client, guess, owner, caller.device)
      await recordEvent(client, 'authn_login_lock', detail)
      return fail('invalid_credentials')
    }
    if (notice) noteEnqueued(notice.id, 'new_browser')
    if (needsRehash(found.passwordHash)) await rehash(accountId, found.passwordHash, password)
    return ok({ session, mark: known?.origin === 'signed_in' ? known.mark : makeMark(accountId, version) })
  })
}

/** The key of an identifier: e-mails and user names live apart, for a user name never holds `@`. */
export function identifierKey(identifier: string): string {
  return canonicalEmail(identifier)?.key ?? canonicalUsername(identifier) ?? identifier
}

type Found = {
  accountId: string
  email: string
  locale: Locale
  passwordHash: string
  version: number
  isJustMade: boolean
  isBlocked: boolean
}

/** Returns a row for nobody too, so that reading takes the same time. */
async function findCredential(key: string): Promise<Found | null> {
  const client = await db()
  const [row] = await client.$queryRaw<(Found | { accountId: null })[]>`
    SELECT found.* FROM (SELECT) AS always LEFT JOIN (
      SELECT a."id" AS "accountId", a."email", a."locale", c."passwordHash", c."version",
        c."changedAt" > now() - ${markPolicy.madeSeconds}::int * interval '1 second' AS "isJustMade",
        NOT ${isUnblocked} AS "isBlocked"
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
