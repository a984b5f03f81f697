import { countGuess, guessWait, takeBackGuess, tellIfBlocked } from '@/lib/accounts/guesses'
import { verifyPassword } from '@/lib/accounts/passwords/hashing'
import { endSessions } from '@/lib/accounts/sessions'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { logEvent } from '@/lib/log'
import { fail, ok, type Result, tooMany } from '@/lib/result'

const failures = {
  change_password: 'authn_password_change_fail',
  change_email: 'authn_login_fail',
  change_details: 'authn_login_fail',
  close_account: 'authn_login_fail',
} as const

const credentialFields = { passwordHash: true, version: true, account: { select: { locale: true } } } as const

/**
 * Whether somebody who is signed in knows the password, and the version of it that was verified: to be compared under the
 * account's lock. All that asks for it shares one budget of wrong ones. The one that uses it up ends every session of
 * the account; on the same day nothing more is looked at. Right ones use nothing up. Throws BusyError when too many
 * passwords are being hashed.
 */
export async function checkCurrentPassword(
  accountId: string,
  password: string,
  { network, device }: Caller,
  via: keyof typeof failures,
): Promise<Result<number, 'session_ended' | 'too_many_requests' | 'wrong_password'>> {
  const client = await db()
  const guess = await countGuess(client, { accountId }, 'current_password')
  if (!guess) {
    // Logged, not kept: nothing bounds how often somebody asks who is signed in.
    logEvent('excess_rate_limit_exceeded', { via, account: accountId })
    return tooMany(await guessWait(client, accountId, 'current_password'))
  }
  const { account, passwordHash, version } = await client.credential.findUniqueOrThrow({
    where: { accountId },
    select: credentialFields,
  })
  const owner = { accountId, version, locale: account.locale as Locale }
  const isRight = await verifyPassword(passwordHash, password).catch(async (error) => {
    await takeBackGuess(client, guess, owner, device)
    throw error
  })
  if (isRight) {
    await takeBackGuess(client, guess, owner, device)
    return ok(version)
  }
  await tellIfBlocked(client, guess, owner, device)
  await transaction(async (tx) => {
    await recordEvent(tx, failures[via], { accountId, network, via })
    if (guess.isLastOfDay) await endSessions(tx, accountId)
  })
  return fail(guess.isLastOfDay ? 'session_ended' : 'wrong_password')
}
