import { randomUUID } from 'node:crypto'
import { tellRefused, untilDecided } from '@/lib/accounts/allow'
import { canonicalEmail, canonicalUsername } from '@/lib/accounts/canonical'
import { type Guess, judgeGuess, takeBackGuess, tellIfBlocked } from '@/lib/accounts/guesses'
import type { LogIn } from '@/lib/accounts/input'
import { countLogIn, failLogIn, passLogIn } from '@/lib/accounts/log-in-statements'
import { makeMark, readMarks } from '@/lib/accounts/mark'
import { newBrowserNotice } from '@/lib/accounts/notices'
import { expectRoom, hashPassword, needsRehash, verifyPassword } from '@/lib/accounts/passwords/hashing'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { noteEnqueued } from '@/lib/mail/enqueue'
import { fail, ok, type Result } from '@/lib/result'
import { settleUse } from '@/lib/targets'

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
  expectRoom()
  const client = await db()
  const { network, device } = caller
  const subject = identifierKey(identifier)
  const marks = readMarks(presented.mark)
  // Ahead of the outcome, as all that is counted here: guesses at the same moment cannot share a count.
  const { use, refusal, found, counted } = await untilDecided(client, () => countLogIn(subject, network, marks))
  const detail = { accountId: found?.accountId ?? null, subject, network }
  // Made up for nobody, so that the work is the same.
  const owner = found ?? { accountId: randomUUID(), version: 1, locale }
  const known = marks[found?.place ?? -1] ?? null
  let guess: Guess | null = null
  const undoAndThrow = async (error: unknown) => {
    if (guess) await takeBackGuess(client, guess, owner, device)
    if (use) await settleUse(client, use, 'undone')
    throw error
  }
  const tooMany = refusal && (await tellRefused(client, 'log_in', network, refusal).catch(undoAndThrow))
  if (tooMany && !known) return tooMany
  const whose = found ? { accountId: found.accountId } : { nobody: subject }
  const kind = known ? 'log_in_known' : 'log_in'
  guess = await judgeGuess(client, whose, kind, counted, !tooMany).catch(undoAndThrow)
  if (!guess && tooMany) return tooMany
  const isRight = await verifyPassword(found?.passwordHash ?? null, password).catch(undoAndThrow)
  if (!guess) {
    await failLogIn(use, 'authn_login_lock', detail)
    return fail('invalid_credentials')
  }
  // Also the right one of a blocked account, so that it is not told apart from a wrong one.
  if (!isRight || !found || found.isBlocked) {
    const failure = guess.isLastOfDay ? 'authn_login_fail_max' : 'authn_login_fail'
    await failLogIn(use, isRight ? 'authn_login_lock' : failure, detail)
    await tellIfBlocked(client, guess, owner, device)
    return fail('invalid_credentials')
  }

  const isNews = known === null || (known.origin === 'made' && !found.isJustMade)
  const notice = isNews ? newBrowserNotice(found, caller) : null
  const how = { use, guess, device, former: presented.session, locale, notice: notice?.insert ?? null }
  const session = await passLogIn(found, how, detail).catch(undoAndThrow)
  if (session === null) {
    // Right, but meanwhile the password was changed or the account blocked.
    await takeBackGuess(client, guess, owner, device)
    await failLogIn(use, 'authn_login_lock', detail)
    return fail('invalid_credentials')
  }
  if (notice) noteEnqueued(notice.id, 'new_browser')
  if (needsRehash(found.passwordHash)) await rehash(found.accountId, found.passwordHash, password)
  return ok({
    session,
    mark: known?.origin === 'signed_in' ? known.mark : makeMark(found.accountId, found.version),
  })
}

/** The key of an identifier: e-mails and user names live apart, for a user name never holds `@`. */
export function identifierKey(identifier: string): string {
  return canonicalEmail(identifier)?.key ?? canonicalUsername(identifier) ?? identifier
}

/** Raises an old hash to today's parameters, unless the password was changed meanwhile; another time if there is no room now. */
async function rehash(accountId: string, oldHash: string, password: string): Promise<void> {
  const client = await db()
  const passwordHash = await hashPassword(password).catch(() => null)
  if (passwordHash === null) return
  await client.credential.updateMany({ where: { accountId, passwordHash: oldHash }, data: { passwordHash } })
}
