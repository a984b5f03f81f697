import { allow } from '@/lib/accounts/allow'
import { lockAccountAt } from '@/lib/accounts/credentials'
import { checkCurrentPassword } from '@/lib/accounts/current-password'
import type { ChangeEmail } from '@/lib/accounts/input'
import { enqueueIntent } from '@/lib/accounts/intents'
import { takeMailRoom } from '@/lib/accounts/mail-room'
import { enqueueNotice } from '@/lib/accounts/notices'
import { verifyPassword } from '@/lib/accounts/passwords/hashing'
import { admitLink, redeemLink, weighAnswer } from '@/lib/accounts/redeem-link'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { takeEmail } from '@/lib/accounts/take-email'
import { endToken, type TokenOwner } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Credential } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { fail, ok, type Result } from '@/lib/result'

/**
 * Asks for a new e-mail for a signed-in account that knows its password. The e-mail is looked up when the mail is
 * decided: here it costs the same whoever has it. Nothing changes until its link has been followed and confirmed.
 * `no_mail_today`: none can come there any more, and nothing is done. The tenth wrong password of a day ends every session (`session_ended`). Throws BusyError when too many passwords are being hashed.
 */
export async function requestEmailChange(
  { id: accountId }: SessionAccount,
  { newEmail, currentPassword }: ChangeEmail,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'session_ended' | 'too_many_requests' | 'no_mail_today' | 'wrong_password'>> {
  const current = await checkCurrentPassword(accountId, currentPassword, caller, 'change_email')
  if (!current.ok) return current
  const client = await db()
  const allowed = await allow(client, 'change_email', accountId, { accountId, network: caller.network })
  if (!allowed.ok) return allowed
  const room = await takeMailRoom(client, 'new_email_mail', newEmail.key)
  if (!room.ok) return { ...room, code: 'no_mail_today' }
  const credentialVersion = current.value
  const { network, device } = caller
  const intent = { kind: 'address_change', accountId, credentialVersion, email: newEmail, device } as const
  await enqueueIntent(client, locale, intent, network)
  return ok()
}

/**
 * Makes the e-mail that a link was mailed to that of its account, once, for whoever has the link and knows the account's
 * password: the link alone may be pressed by somebody whose account it is not. In one transaction: the e-mail changed and
 * proved, every link to the former one ended but "this was not me", the former one told. A link that no longer serves is
 * `link_unusable`, also one whose e-mail has become another account's. Each `wrong_password` counts for the link, the fifth ends
 * it; one that was changed meanwhile leaves it as it was. Throws BusyError when too many passwords are being hashed.
 */
export async function redeemEmailChange(
  followed: string | null,
  password: string,
  caller: Caller,
  locale: Locale,
): Promise<Result<undefined, 'too_many_requests' | 'link_unusable' | 'wrong_password'>> {
  const admitted = await admitLink('new-email', followed, caller)
  if (!admitted.ok) return admitted
  const token = admitted.value
  // Not as the account's: its owner may be a stranger, and must not learn from it who has this e-mail.
  const record = () => ({ event: 'authn_login_fail', detail: { via: 'new_email' } }) as const
  const proven = await weighAnswer('new-email', token, caller, (owner) => findCredential(owner, password), record)
  if (!proven.ok) return proven
  const { accountId, version, passwordHash: hash } = proven.value
  const { network, device } = caller
  return transaction(async (tx) => {
    if (!(await lockAccountAt(tx, accountId, version))) return fail('wrong_password')
    const link = await redeemLink(tx, 'new-email', token, caller)
    if (!link) return fail('link_unusable')
    const { sentTo } = link
    const former = await takeEmail(tx, accountId, sentTo)
    if (former === null) {
      await endToken(tx, token, 'address_taken')
      return fail('link_unusable')
    }
    await recordEvent(tx, 'user_updated', { accountId, network, via: 'change_email' })
    await enqueueNotice(
      tx,
      locale,
      { kind: 'address_changed' },
      {
        accountId,
        sentTo: former,
        asked: { hash, isNewest: false },
        device,
      },
    )
    return ok()
  })
}

/** The credential of whose link it is, if this is its password. */
async function findCredential(
  owner: TokenOwner,
  password: string,
): Promise<Result<Credential, 'link_unusable' | 'wrong_password'>> {
  if (!('accountId' in owner)) return fail('link_unusable')
  const credential = await (await db()).credential.findUniqueOrThrow({ where: owner })
  return (await verifyPassword(credential.passwordHash, password)) ? ok(credential) : fail('wrong_password')
}
