import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { crowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { signUpRaw } from '@/tests/support/http/raw-walks'
import { query } from '@/tests/support/postgres/query'
import { type Manner, newEventId, signedEvent } from '@/tests/support/resend/signed-event'

const secret = randomBytes(24)
test.use({ settings: { RESEND_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` } })

test('what Resend says twice, out of order and to two processes at once counts once, and the worst of it stays', async ({
  service,
  twin,
}) => {
  const mail = await sentMail(service)
  const bounced = newEventId()
  const twice = await crowd(16, [service, twin], (process) => say(process, mail, 'email.bounced', { id: bounced }))
  expect(new Set(twice)).toEqual(new Set([204]))
  expect(await say(twin, mail, 'email.delivered')).toBe(204)
  expect(await say(service, mail, 'email.delivery_delayed')).toBe(204)
  expect(await deliveryOf(service, mail)).toEqual(['bounced', 3])

  const events = ['delivered', 'complained', 'bounced', 'delivery_delayed', 'delivered', 'complained']
  const mixed = await crowd(24, [service, twin], (process, index) => say(process, mail, `email.${events[index % 6]}`))
  expect(new Set(mixed)).toEqual(new Set([204]))
  expect(await deliveryOf(service, mail)).toEqual(['complained', 27])
  await expectLaws(service)
})

test('a forged, altered or old word of Resend is refused and changes nothing', async ({ service, twin }) => {
  const mail = await sentMail(service)
  const manners: Manner[] = [{ signature: 'v1,forged' }, { alter: true }, { secondsAgo: 360 }, { secondsAgo: -360 }]
  for (const manner of manners)
    for (const process of [service, twin]) expect(await say(process, mail, 'email.bounced', manner)).toBe(400)
  expect(await say(twin, 'unknown-provider-id', 'email.bounced')).toBe(204)
  expect(await deliveryOf(service, mail)).toEqual([null, 0])
  expect(await say(twin, mail, 'email.bounced', { secondsAgo: 240 })).toBe(204)
  expect(await deliveryOf(service, mail)).toEqual(['bounced', 1])
  await expectLaws(service)
})

async function sentMail(service: Service): Promise<string> {
  await signUpRaw(service)
  const sent = `SELECT "providerId" FROM "Mail" WHERE "state" = 'sent'`
  await expect.poll(() => query(service.databaseUrl, sent)).toHaveLength(1)
  return service.resend.mails[0]?.id ?? ''
}

async function say({ url }: Service, mail: string, type: string, manner?: Manner): Promise<number> {
  return (await fetch(`${url}/api/webhooks/resend`, signedEvent(secret, mail, type, manner))).status
}

/** What is kept of a mail, and how many events have counted. */
async function deliveryOf({ databaseUrl }: Service, mail: string): Promise<[unknown, number]> {
  const [row] = await query(databaseUrl, `SELECT "delivery" FROM "Mail" WHERE "providerId" = '${mail}'`)
  return [row?.delivery, (await query(databaseUrl, 'SELECT 1 FROM "WebhookReceipt"')).length]
}
