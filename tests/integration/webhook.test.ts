import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { POST } from '@/app/api/webhooks/resend/route'
import { db } from '@/lib/db/client'
import { signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'
import { type Manner, newEventId, signedEvent } from '@/tests/support/signed-event'

const secret = randomBytes(24)
process.env.RESEND_WEBHOOK_SECRET = `whsec_${secret.toString('base64')}`
useService('embedded')

test('what Resend says of a mail is kept, each event once, the worst of them in any order', async () => {
  const mail = await sentMail()
  expect(await say(mail, 'email.bounced')).toBe(204)
  expect(await say(mail, 'email.delivered')).toBe(204)
  expect(await deliveryOf(mail)).toBe('bounced')
  const id = newEventId()
  expect(await say(mail, 'email.complained', { id })).toBe(204)
  expect(await say(mail, 'email.complained', { id })).toBe(204)
  expect(await deliveryOf(mail)).toBe('complained')
  expect(await (await db()).webhookReceipt.count({ where: { id } })).toBe(1)
})

test('a forged, old or altered event is refused, and changes nothing', async () => {
  const mail = await sentMail()
  expect(await say(mail, 'email.bounced', { signature: 'v1,forged' })).toBe(400)
  expect(await say(mail, 'email.bounced', { secondsAgo: 360 })).toBe(400)
  expect(await say(mail, 'email.bounced', { alter: true })).toBe(400)
  expect(await deliveryOf(mail)).toBeNull()
})

test('an event that comes before its mail is known should come again', async () => {
  expect(await say('unknown-provider-id', 'email.delivered')).toBe(404)
})

async function sentMail(): Promise<string> {
  await signUpAs(newPerson())
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
