import { env } from '@/lib/env'
import type { Letter, SendOutcome } from '@/lib/mail/letter'
import { deliverToMailbox } from '@/lib/mail/mailbox'
import { readMessage, writeMessage } from '@/lib/mail/message'
import { sendByResend } from '@/lib/mail/resend'

/** What was kept of earlier attempts, and how this one begins: `turn` says whether it may, `keep` keeps and returns what all hand over. */
type Attempt = {
  message?: string | null
  edition?: number
  turn?: () => Promise<boolean>
  keep?: (message: string) => Promise<string>
}

/**
 * Hands a letter over once: to Resend, or to the local mailbox where no Resend is configured. Composed at the first
 * attempt, and kept before it is made: a later one hands over the same bytes. Before Resend it waits for its `turn`;
 * without one it is `no_turn`, and nothing was tried. Sending one id again is harmless within a day: it arrives once.
 * Throws only when the letter cannot be composed, or `turn` or `keep` throws.
 */
export async function sendMail(
  letter: Letter,
  { message = null, edition = 1, turn = async () => true, keep = async (written) => written }: Attempt = {},
): Promise<SendOutcome | { outcome: 'no_turn' }> {
  const { resend, mailFrom, supportContact, dataDir } = env()
  const written = message ?? (await writeMessage(letter, mailFrom, supportContact))
  if (resend && !(await turn())) return { outcome: 'no_turn' }
  const mail = readMessage(message ?? (await keep(written)), letter)
  if (!resend) return deliverToMailbox(mail, dataDir)
  return sendByResend(mail, { ...resend, key: edition === 1 ? `mail-${mail.id}` : `mail-${mail.id}-${edition}` })
}
