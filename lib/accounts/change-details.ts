import { allow } from '@/lib/accounts/allow'
import { lockAccountAt } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import { changesOf, keepFormerDetails, putDetails } from '@/lib/accounts/details'
import type { ChangeDetails } from '@/lib/accounts/input'
import { enqueueNotice } from '@/lib/accounts/notices'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { endTokens } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Corrects the names, the country and the type of a signed-in account that knows its password. In one transaction: the
 * details changed, every reset link ended, because it was asked for by the former ones, and a notice on its way that can
 * bring these back. `unchanged`, and nothing done, when they are the present ones letter by letter. The tenth wrong
 * password of a day ends every session (`session_ended`); a change of it at the same moment wins as `wrong_password`.
 * Throws BusyError when too many passwords are being hashed.
 */
export async function changeDetails(
  { id: accountId }: SessionAccount,
  { currentPassword, ...details }: ChangeDetails,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'session_ended' | 'too_many_requests' | 'unchanged' | 'wrong_password'>> {
  const current = await checkCurrentPassword(accountId, currentPassword, caller, 'change_details')
  if (!current.ok) return current
  const { network, device } = caller
  const allowed = await allow(await db(), 'change_details', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  return transaction(async (tx) => {
    if (!(await lockAccountAt(tx, accountId, current.value))) return fail('wrong_password')
    const former = await putDetails(tx, accountId, details)
    if (!former) return fail('unchanged')
    const { email: sentTo, passwordHash: hash, ...kept } = former
    await endTokens(tx, 'password_reset', { accountId }, 'replaced')
    await recordEvent(tx, 'user_updated', { accountId, network, via: 'change_details' })
    const asked = { hash, isNewest: false }
    const changed = changesOf(kept, details)
    await enqueueNotice(tx, locale, { kind: 'details_changed', changed }, { accountId, sentTo, asked, device })
    // After its link was made, which brings back what holds at that moment.
    await keepFormerDetails(tx, accountId, kept)
    return ok()
  })
}
