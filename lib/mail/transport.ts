import { env } from '@/lib/env'
import type { Envelope } from '@/lib/mail/letter'
import { deliverToMailbox } from '@/lib/mail/mailbox'
import { sendByResend } from '@/lib/mail/resend'

/** What became of one attempt. `reason`: a short code, free of addresses; `afterSeconds`: at least this long a wait. */
export type Delivery =
  | { outcome: 'sent'; providerId: string }
  | { outcome: 'retry'; reason: string; afterSeconds?: number }
  | { outcome: 'refused'; reason: string }

/**
 * Composes a mail and hands it over once: to Resend, or to the local mailbox where no Resend is configured. Before Resend
 * it waits for its `turn`; where there is none nothing is tried. Sending one id again is harmless within a day: it arrives
 * once. Throws only when the mail cannot be composed, or `turn` throws.
 */
export async function sendMail(
  envelope: Envelope,
  turn: () => Promise<boolean> = async () => true,
): Promise<Delivery | { outcome: 'no_turn' }> {
  // Loaded with the first mail: the templates' library costs a third of a second, which no page should pay.
  const { composeMail } = await import('@/lib/mail/compose')
  const { resend, mailFrom, dataDir } = env()
  const mail = { id: envelope.id, from: mailFrom, to: envelope.to, ...(await composeMail(envelope)) }
  if (resend === null) return deliverToMailbox(mail, dataDir)
  return (await turn()) ? sendByResend(mail, resend) : { outcome: 'no_turn' }
}
