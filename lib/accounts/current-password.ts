import type { Caller } from '@/lib/accounts/caller'
import { verifyPassword } from '@/lib/accounts/hashing'
import { limits } from '@/lib/accounts/policy'
import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { consume } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

const failures = {
  change_password: 'authn_password_change_fail',
  change_email: 'authn_login_fail',
  close_account: 'authn_login_fail',
} as const

/**
 * Whether somebody who is signed in knows the password, and the version of it that was verified: to be compared under
 * the account's lock. All that asks for it shares one limit. Throws BusyError when too many passwords are being hashed.
 */
export async function checkCurrentPassword(
  accountId: string,
  password: string,
  { address }: Caller,
  via: keyof typeof failures,
): Promise<Result<number, 'too_many_requests' | 'wrong_password'>> {
  const client = await db()
  if (!(await consume(client, 'current_password', accountId, limits.currentPasswordPerAccount))) {
    await recordEvent(client, 'excess_rate_limit_exceeded', { accountId, address, via })
    return fail('too_many_requests')
  }
  const credential = await client.credential.findUnique({
    where: { accountId },
    select: { passwordHash: true, version: true },
  })
  if ((await verifyPassword(credential?.passwordHash ?? null, password)) && credential) return ok(credential.version)
  await recordEvent(client, failures[via], { accountId, address, via })
  return fail('wrong_password')
}
