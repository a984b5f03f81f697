import { expect, test, vi } from 'vitest'
import { resetRequestSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { db } from '@/lib/db/client'
import { inRequest } from '@/lib/log'
import { keepDelivery } from '@/lib/mail/delivery-reports'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { joinAs, newCaller } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { newEventId } from '@/tests/support/resend/signed-event'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const [first, second, scheduler] = ['11111111-1111', '22222222-2222', '33333333-3333'].map(
  (begin) => `${begin}-1111-1111`,
) as [string, string, string]

test('what is logged of a mail, by whichever worker and until it was delivered, says which request asked for it', async () => {
  const [member, stranger] = [await joinAs(), newPerson()]
  const lines = linesWritten()
  await inRequest(first, () => askAs(member))
  await inRequest(second, () => askAs(stranger))
  await inRequest(scheduler, () => deliverDueMail())
  const client = await db()
  const mail = await client.mail.findFirstOrThrow({ where: { request: first } })
  await inRequest(scheduler, () =>
    keepDelivery(newEventId(), { type: 'email.delivered', providerId: mail.providerId ?? '', mailId: null }),
  )

  const told = lines().filter(({ event }) => event.startsWith('mail_'))
  expect(told).toMatchObject([
    { event: 'mail_enqueued', request: first, kind: 'password_reset' },
    { event: 'mail_enqueued', request: second, kind: 'password_reset' },
    { event: 'mail_decided', request: first, mail: mail.id, template: 'reset_password' },
    { event: 'mail_sent', request: first, mail: mail.id, template: 'reset_password' },
    { event: 'mail_delivered', request: first, mail: mail.id, template: 'reset_password' },
  ])
  expect(lines().filter(({ event }) => event === 'authn_token_created')).toMatchObject([{ request: first }])
})

async function askAs({ password: _, ...identity }: Person): Promise<void> {
  expect(await requestPasswordReset(resetRequestSchema.parse(identity), newCaller(), 'fr')).toMatchObject({ ok: true })
}

/** The lines of the log that are written from now on. */
function linesWritten(): () => { event: string; request?: string }[] {
  const written = vi.spyOn(process.stdout, 'write')
  return () => written.mock.calls.flatMap(([line]) => (String(line).startsWith('{') ? [JSON.parse(String(line))] : []))
}
