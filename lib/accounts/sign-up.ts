import { randomUUID } from 'node:crypto'
import { allowNetwork, giveBackNetwork } from '@/lib/accounts/allow'
import type { SignUp } from '@/lib/accounts/input'
import { enqueueIntent, subscriberOf } from '@/lib/accounts/intents'
import { type Asked, takeMailRoom } from '@/lib/accounts/mail-room'
import { makeMark } from '@/lib/accounts/mark'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { judgeByItself, judgePassword, type WeakPassword } from '@/lib/accounts/passwords/judge'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { ok, type Result } from '@/lib/result'

/**
 * Asks for an account and returns its mail, and a mark by which the browser is known should the account be opened; where the
 * mail has no room any more, the sign-up is kept for a link that came today. Costs the same whoever the e-mail belongs to: when the mail is decided, the sign-up is kept until the
 * e-mail is proved, or its owner told that there is an account. A weak password is not counted, unless it takes a look among
 * breached ones to know; nor is one for which there is no room to hash it. Throws BusyError then.
 */
export async function signUp(
  input: SignUp,
  caller: Caller,
  locale: Locale,
): Promise<Result<Asked & { mark: string }, 'too_many_requests'> | WeakPassword> {
  const client = await db()
  const { password, ...claim } = input
  const person = { ...claim, email: claim.email.address }
  const faults = await judgeByItself(password, person)
  if (faults.length > 0) return { ok: false, code: 'weak_password', issues: faults }
  const allowed = await allowNetwork(client, 'sign_up', caller.network)
  if (!allowed.ok) return allowed
  const issues = await judgePassword(password, person)
  if (issues.length > 0) return { ok: false, code: 'weak_password', issues }
  const passwordHash = await hashPassword(password).catch(async (error) => {
    await giveBackNetwork(client, 'sign_up', caller.network)
    throw error
  })
  const { network, device } = caller
  const room = await takeMailRoom(client, 'sign_up_mail', claim.email.key)
  const id = randomUUID()
  const intent = {
    kind: 'sign_up',
    id,
    claim,
    passwordHash,
    device,
    network: subscriberOf(network),
    mayMail: room.ok,
  } as const
  const mail = await enqueueIntent(client, locale, intent, network)
  return ok({ mail, waitSeconds: room.ok ? null : (room.waitSeconds ?? null), mark: makeMark(id, 1, 'made') })
}
