import { endListedSession, endSession, endSessions } from '@/lib/accounts/sessions'
import { recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'

/** Ends the session of this token. Harmless when it has ended already. */
export async function logOut(token: string): Promise<void> {
  await transaction(async (tx) => {
    if (await endSession(tx, token)) await recordEvent(tx, 'session_expired', { via: 'log_out' })
  })
}

/** Ends every session of an account, on every device. */
export async function logOutEverywhere(accountId: string): Promise<void> {
  await transaction(async (tx) => {
    if (await endSessions(tx, accountId))
      await recordEvent(tx, 'session_expired', { accountId, via: 'log_out_everywhere' })
  })
}

/** Ends one session of an account, by its id. Harmless when it has ended already, or is another account's. */
export async function logOutSession(accountId: string, sessionId: string): Promise<void> {
  await transaction(async (tx) => {
    if (await endListedSession(tx, accountId, sessionId))
      await recordEvent(tx, 'session_expired', { accountId, via: 'sign_out_browser' })
  })
}
