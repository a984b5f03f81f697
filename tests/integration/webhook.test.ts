import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/resend/route'
import { db } from '@/lib/db/client'
import { finishMail } from '@/lib/mail/outbox'
import { askToJoinAs, signUpAs } from '@/tests/support/accounts/people'
import { type Manner, newEventId, signedEvent } from '@/tests/support/resend/signed-event'
import { useService } from '@/tests/support/vitest/use-service'

const secret = randomBytes(24)
process.env.RESEND_WEBHOOK_SECRET = `whsec_${secret.toString('base64')}`
useService('embedded')

test('what Resend says of a mail is kept, each event once, the worst of them in any order', async () => {
  const mail = await sentMail()
  const written = vi.spyOn(process.stdout, 'write')
  expect(await say(mail, 'email.bounced')).toBe(204)
  expect(await say(mail, 'email.delivered')).toBe(204)
  expect(await deliveryOf(mail)).toBe('bounced')
  const id = newEventId()
  expect(await say(mail, 'email.complained', { id })).toBe(204)
  expect(await say(mail, 'email.complained', { id })).toBe(204)
  expect(await deliveryOf(mail)).toBe('complained')
  expect(await (await db()).webhookReceipt.count({ where: { id } })).toBe(1)
  const { id: mailId } = await (await db()).mail.findUniqueOrThrow({ where: { providerId: mail } })
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)))
  expect(lines.map(({ at: _, ...fields }) => fields)).toEqual([
    { event: 'mail_bounced', mail: mailId, template: 'verify_address' },
    { event: 'mail_delivered', mail: mailId, template: 'verify_address' },
    { event: 'mail_complained', mail: mailId, template: 'verify_address' },
  ])
})

test('a forged, old or altered event is refused, and changes nothing', async () => {
  const mail = await sentMail()
  expect(await say(mail, 'email.bounced', { signature: 'v1,forged' })).toBe(400)
  expect(await say(mail, 'email.bounced', { secondsAgo: 360 })).toBe(400)
  expect(await say(mail, 'email.bounced', { alter: true })).toBe(400)
  expect(await deliveryOf(mail)).toBeNull()
})

test('an event that comes before the sending of its mail was noted is known by its tag', async () => {
  await askToJoinAs()
  const client = await db()
  const { id } = await client.mail.findFirstOrThrow({ where: { state: 'waiting' } })
  const providerId = randomUUID()
  expect(await say(providerId, 'email.bounced', { tags: { mail: id } })).toBe(204)
  await finishMail(client, id, 'sent', providerId)
  expect(await say(providerId, 'email.delivered', { tags: { mail: id } })).toBe(204)
  expect(await deliveryOf(providerId)).toBe('bounced')
})

test('a mail of somebody else with a tag of ours tells nothing of the mail that was sent with it', async () => {
  const mail = await sentMail()
  const { id } = await (await db()).mail.findUniqueOrThrow({ where: { providerId: mail } })
  expect(await say(randomUUID(), 'email.bounced', { tags: { mail: id } })).toBe(204)
  expect(await deliveryOf(mail)).toBeNull()
})

test.each<[string, string, Manner['tags']]>([
  ['a mail of somebody else', 'email.bounced', undefined],
  ['a mail of another service of ours', 'email.bounced', { mail: randomUUID() }],
  ['a mail with other tags', 'email.complained', { mail: 'welcome', category: 'x' }],
  ['no mail', 'contact.created', undefined],
  ['what is new at Resend', 'email.dreamt', undefined],
])('an event about %s is let pass, so that Resend does not give the endpoint up', async (_, type, tags) => {
  const written = vi.spyOn(process.stdout, 'write')
  expect(await say(randomUUID(), type, tags ? { tags } : {})).toBe(204)
  expect(written).not.toHaveBeenCalled()
})

async function sentMail(): Promise<string> {
  await signUpAs()
  const mail = await (await db()).mail.findFirstOrThrow({ where: { state: 'sent' }, orderBy: { createdAt: 'desc' } })
  return mail.providerId ?? ''
}

async function deliveryOf(providerId: string) {
  return (await (await db()).mail.findUniqueOrThrow({ where: { providerId } })).delivery
}

async function say(providerId: string, type: string, manner?: Manner): Promise<number> {
  const request = new Request('http://localhost/api/webhooks/resend', signedEvent(secret, providerId, type, manner))
  return (await POST(request)).status
}
