import { mailboxKey } from '@/lib/accounts/canonical'
import type { Transaction } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import { consume } from '@/lib/rate-limit'

/**
 * Counts a mail that a stranger may have caused for its mailbox, and says whether it may go: whatever was asked, and under
 * whichever tags, a mailbox gets so many a day. Half of them are for sign-ups with the mailbox's plain e-mail (`isOpening`): their one link serves whoever signed up, so strangers who use them up keep nobody out. Resets with the right details and
 * notices are its owner's, and not counted.
 */
export async function mayMail(tx: Transaction, emailKey: string, isOpening = false): Promise<boolean> {
  const mailbox = mailboxKey(emailKey)
  const isAside = !isOpening || mailbox !== emailKey
  if (isAside && !(await consume(tx, 'aside_mail', mailbox, limits.aside_mail))) return false
  return consume(tx, 'unasked_mail', mailbox, limits.unasked_mail)
}
