import { expect, test, vi } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { newCaller } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useResend, useService } from '@/tests/support/service'

const resend = await useResend()
process.env.RESEND_DAILY_QUOTA = '11'
useService('postgres')

test('of a day’s quota four fifths are used, then mail waits undecided and that is logged once', async () => {
  const written = vi.spyOn(process.stdout, 'write')
  const alarms = () => written.mock.calls.filter(([line]) => String(line).includes('mail_daily_cap_reached')).length
  for (let mails = 0; mails < 10; mails += 1)
    expect(await signUp(signUpSchema.parse(newPerson()), newCaller(), 'fr')).toMatchObject({ ok: true })
  for (let sweeps = 0; sweeps < 5; sweeps += 1) await deliverDueMail()
  expect(resend.mails).toHaveLength(8)
  expect(alarms()).toBe(1)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', attempts: 0, template: null } })).toBe(2)

  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '1439 minutes'`
  expect(await deliverDueMail()).toBe(0)
  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '1441 minutes' WHERE "state" = 'sent'`
  expect(await deliverDueMail()).toBe(2)
  expect(resend.mails).toHaveLength(10)
  expect(alarms()).toBe(1)
})
