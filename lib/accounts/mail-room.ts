import { allow } from '@/lib/accounts/allow'
import { hasTag, mailboxKey } from '@/lib/accounts/canonical'
import type { Db } from '@/lib/db/client'
import type { Result, TooMany } from '@/lib/result'

/** What was asked for: the id of its mail, and in how many seconds another may come where this one has no more room today. */
export type Asked = { mail: string; waitSeconds: number | null }

/**
 * Counts that a mail which a stranger may have caused was asked for at an e-mail, and whether it may come today. By what was
 * typed alone, so it can be said beforehand and says the same whoever has the e-mail, and of each kind apart: no mails of
 * one kind take the room of another. A mailbox has one room for all of its tags, apart from sign-ups with its plain e-mail.
 */
export function takeMailRoom(
  client: Db,
  limit: 'sign_up_mail' | 'unasked_mail' | 'new_email_mail',
  emailKey: string,
): Promise<Result<undefined, never> | TooMany> {
  const isOfTag = limit === 'sign_up_mail' && hasTag(emailKey)
  return allow(client, isOfTag ? 'unasked_mail' : limit, mailboxKey(emailKey))
}
