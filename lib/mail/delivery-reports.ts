import { type Transaction, transaction } from '@/lib/db/client'
import type { Delivery, Mail } from '@/lib/db/generated/client'
import { inRequest, logEvent } from '@/lib/log'

const states: Record<string, Delivery> = {
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.suppressed': 'suppressed',
  'email.failed': 'failed',
}
/** From mild to grave. Events come in any order, so a milder one never replaces a graver one. */
const byGravity: Delivery[] = ['delayed', 'delivered', 'suppressed', 'failed', 'bounced', 'complained']

/** What each is in the log. */
const events: Record<Delivery, { event: string }> = {
  delayed: { event: 'mail_delayed' },
  delivered: { event: 'mail_delivered' },
  suppressed: { event: 'mail_suppressed' },
  failed: { event: 'mail_undeliverable' },
  bounced: { event: 'mail_bounced' },
  complained: { event: 'mail_complained' },
}

/** `providerId` is the provider's id of the mail; `mailId` ours, a UUID, from the tag that it was sent with, or null. */
export type Report = { type: string; providerId: string; mailId: string | null }

/**
 * Keeps what the provider says became of a mail of ours, and logs it for the request that asked for the mail; `receiptId`
 * is the event's own id, and the same event twice counts once. Mails are known by their tag already before their sending
 * was noted. What is about a mail of somebody else who shares the provider's account, or about no mail, is let pass.
 */
export async function keepDelivery(receiptId: string, { type, providerId, mailId }: Report): Promise<void> {
  const state = states[type]
  if (!state) return
  const lighter = byGravity.slice(0, byGravity.indexOf(state))
  const reported = await transaction(async (tx) => {
    const byTag = mailId === null ? null : await tx.mail.findUnique({ where: { id: mailId } })
    const mail = byTag ?? (await tx.mail.findUnique({ where: { providerId } }))
    if (!mail || isOfAnother(mail, providerId)) return null
    const fresh = await tx.$executeRaw`INSERT INTO "WebhookReceipt" ("id") VALUES (${receiptId}) ON CONFLICT DO NOTHING`
    if (fresh === 0) return null
    await tx.mail.updateMany({
      where: { id: mail.id, OR: [{ delivery: null }, { delivery: { in: lighter } }] },
      data: { delivery: state },
    })
    await noteReturn(tx, mail, state)
    return mail
  })
  if (!reported) return
  const { id, kind, template, request } = reported
  inRequest(request, () => logEvent(events[state].event, { mail: id, template: template ?? kind }))
}

/**
 * Keeps for an account that mails to its e-mail come back, until a later one arrives there. What went to an e-mail that is not the
 * account's, or no more, says nothing of that.
 */
async function noteReturn(tx: Transaction, mail: Mail, state: Delivery): Promise<void> {
  const { accountId, createdAt } = mail
  if (accountId === null || mail.template === 'new_email' || mail.template === 'address_changed') return
  if (state === 'delivered' || state === 'complained')
    await tx.account.updateMany({
      where: { id: accountId, mailReturnedAt: { lt: createdAt } },
      data: { mailReturnedAt: null },
    })
  if (state !== 'bounced' && state !== 'suppressed') return
  await tx.$executeRaw`
    UPDATE "Account" SET "mailReturnedAt" = ${createdAt} WHERE "id" = ${accountId}::uuid
      AND coalesce("mailReturnedAt" < ${createdAt}, true)
      AND NOT EXISTS (SELECT FROM "Mail" WHERE "accountId" = ${accountId}::uuid AND "createdAt" > ${createdAt}
        AND "delivery" IN ('delivered', 'complained') AND "template" NOT IN ('new_email', 'address_changed'))
      AND NOT EXISTS (SELECT FROM "Event" WHERE "accountId" = ${accountId}::uuid AND "at" >= ${createdAt}
        AND "name" = 'user_updated' AND "via" IN ('change_email', 'not_me'))`
}

/** Whoever shares the provider's account may send with a tag of ours. A mail that was made anew has had other ids before. */
function isOfAnother(mail: { providerId: string | null; edition: number }, providerId: string): boolean {
  return mail.providerId !== null && mail.providerId !== providerId && mail.edition === 1
}
