import { randomUUID } from 'node:crypto'
import type { Caller } from '@/lib/accounts/caller'
import { canonicalEmail, canonicalUsername } from '@/lib/accounts/canonical'
import { hashPassword, needsRehash, verifyPassword } from '@/lib/accounts/hashing'
import type { LogIn } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { findDevice, markDevice } from '@/lib/accounts/known-device'
import { limits, logInBackoff } from '@/lib/accounts/policy'
import { startSession } from '@/lib/accounts/sessions'
import { recordEvent } from '@/lib/audit'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { attempt, consume, forgive, takeBack } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

type LogInFailure = 'invalid_credentials' | 'too_many_requests' | 'confirmation_sent_again'

/** What the browser held already: a session to be ended, a mark of an earlier sign-in. */
export type Presented = { session: string | null; device: string | null }

/**
 * Signs in with an e-mail address or user name and returns the session token and the device's mark for the cookies.
 * Unknown identifier, wrong password and a throttled identifier are all `invalid_credentials`. A device that signed in
 * to the account before has a limit of its own, so nobody else's failures lock it out. The right password of an
 * unconfirmed account has its confirmation mailed again instead. Throws BusyError when too many passwords are being hashed.
 */
export async function logIn(
  { identifier, password, locale }: LogIn & { locale: Locale },
  caller: Caller,
  presented: Presented,
): Promise<Result<{ session: string; device: string }, LogInFailure>> {
  const client = await db()
  const { address } = caller
  const subject = identifierKey(identifier)
  if (!(await consume(client, 'log_in', address, limits.logInPerAddress))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { address, via: 'log_in' })
    return fail('too_many_requests')
  }
  const found = await findCredential(subject)
  // Weighed for nobody as for somebody, so that time tells neither.
  const device = findDevice(presented.device, found?.accountId ?? randomUUID())
  const failures = device
    ? (await consume(client, 'log_in_device', device, limits.logInPerDevice)) && 1
    : await attempt(client, 'log_in', subject, logInBackoff)
  if (!failures) {
    await recordEvent(client, 'authn_login_lock', { subject, address })
    return fail('invalid_credentials')
  }
  const isRight = await verifyPassword(found?.passwordHash ?? null, password).catch(async (error) => {
    if (!device) await takeBack(client, 'log_in', subject)
    throw error
  })
  if (!isRight || !found) {
    const isLast = failures === logInBackoff.maxFailuresPerDay
    await recordEvent(client, isLast ? 'authn_login_fail_max' : 'authn_login_fail', { subject, address })
    return fail('invalid_credentials')
  }
  const { accountId, version, passwordHash } = found

  if (found.verifiedAt === null) {
    await enqueueIntent(client, locale, { kind: 'verification', accountId, device: caller.device })
    await forgive(client, 'log_in', subject)
    return fail('confirmation_sent_again')
  }

  const session = await transaction(async (tx) => {
    const started = await startSession(tx, accountId, version, caller.device, { former: presented.session, locale })
    if (started === null) return null
    if (!device) await forgive(tx, 'log_in', subject)
    await recordEvent(tx, 'authn_login_success', { accountId, subject, address })
    return started
  })
  if (session === null) return fail('invalid_credentials')
  if (needsRehash(passwordHash)) await rehash(accountId, passwordHash, password)
  return ok({ session, device: device && presented.device ? presented.device : markDevice(accountId) })
}

/** The key of an identifier: addresses and user names live apart, for a user name never holds `@`. */
export function identifierKey(identifier: string): string {
  if (identifier.includes('@')) return canonicalEmail(identifier)?.key ?? identifier
  return canonicalUsername(identifier) ?? identifier
}

type Found = { accountId: string; verifiedAt: Date | null; passwordHash: string; version: number }

/** A row comes back also when there is nobody, so that reading it takes the same time. */
async function findCredential(key: string): Promise<Found | null> {
  const client = await db()
  const [row] = await client.$queryRaw<(Found | { accountId: null })[]>`
    SELECT found.* FROM (SELECT) AS always LEFT JOIN (
      SELECT a."id" AS "accountId", a."verifiedAt", c."passwordHash", c."version"
      FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id"
      WHERE ${key.includes('@')} AND a."emailKey" = ${key} OR NOT ${key.includes('@')} AND a."usernameKey" = ${key}
    ) AS found ON true`
  return row?.accountId ? row : null
}

/** Raises an old hash to today's parameters, unless the password was changed meanwhile. */
async function rehash(accountId: string, oldHash: string, password: string): Promise<void> {
  const client = await db()
  const passwordHash = await hashPassword(password)
  await client.credential.updateMany({ where: { accountId, passwordHash: oldHash }, data: { passwordHash } })
}
