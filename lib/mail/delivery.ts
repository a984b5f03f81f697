import { transaction } from '@/lib/db/client'
import type { Delivery } from '@/lib/db/generated/client'

const states: Record<string, Delivery> = {
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.suppressed': 'suppressed',
  'email.failed': 'failed',
}
/** A later, better word never hides a worse one: events come at least once and in any order. */
const byGravity: Delivery[] = ['delayed', 'delivered', 'suppressed', 'failed', 'bounced', 'complained']

/**
 * Keeps what the provider says became of a mail; `receiptId` is the event's own id, and the same event twice counts
 * once. False when no mail of ours has that provider id (yet): then nothing is kept, and the event should come again.
 */
export async function keepDelivery(receiptId: string, event: { type: string; providerId: string }): Promise<boolean> {
  const state = states[event.type]
  if (!state) return true
  const lighter = byGravity.slice(0, byGravity.indexOf(state))
  return transaction(async (tx) => {
    const { providerId } = event
    if ((await tx.mail.count({ where: { providerId } })) === 0) return false
    const fresh = await tx.$executeRaw`INSERT INTO "WebhookReceipt" ("id") VALUES (${receiptId}) ON CONFLICT DO NOTHING`
    if (fresh === 1)
      await tx.mail.updateMany({
        where: { providerId, OR: [{ delivery: null }, { delivery: { in: lighter } }] },
        data: { delivery: state },
      })
    return true
  })
}
