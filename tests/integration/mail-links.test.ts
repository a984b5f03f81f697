import { beforeEach, expect, test } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { redeem } from '@/tests/support/accounts/changes'
import { getMail, passTime, tryAgain } from '@/tests/support/accounts/outbox'
import { askForLinkAs, askForResetAs } from '@/tests/support/accounts/people'
import { joinThrough, sentToken } from '@/tests/support/accounts/sent-mail'
import type { Person } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('a link is mailed as long as ten minutes of its life are left', async () => {
  await withFailedMail(await joinThrough(resend))
  await passTime(15)
  await deliverDueMail()
  expect(resend.mails).toHaveLength(1)
  expect(await peekLink('reset-password', sentToken(resend, 'reset-password'))).toBe('live')
})

test('after 45 minutes without a worker no dead link is mailed: the mail is made anew, and brings one that serves', async () => {
  await withFailedMail(await joinThrough(resend))
  await passTime(45)
  expect(await deliverDueMail()).toBe(1)
  const { id } = await getMail()
  expect(resend.requests.map(({ headers }) => headers['idempotency-key'])).toEqual([`mail-${id}`, `mail-${id}-2`])
  expect(await peekLink('reset-password', sentToken(resend, 'reset-password'))).toBe('live')
})

test('a request that no worker saw for 45 minutes is answered with a live link', async () => {
  const person = await joinThrough(resend)
  await askForLinkAs(person)
  await passTime(45)
  await deliverDueMail()
  expect(await getMail()).toMatchObject({ state: 'sent' })
  expect(await peekLink('reset-password', sentToken(resend, 'reset-password'))).toBe('live')
})

test('a link that ended while its mail waited is not mailed', async () => {
  const person = await joinThrough(resend)
  await askForResetAs(person)
  const token = sentToken(resend, 'reset-password')
  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'reset_mail' } } })
  await withFailedMail(person)
  expect(await redeem(token, person)).toEqual({ ok: true })
  await tryAgain()
  expect(resend.mails.map(({ subject }) => subject)).toEqual([
    'Réinitialisez votre mot de passe Metamots',
    'Votre mot de passe Metamots a été modifié',
  ])
})

/** A mail with a reset link whose first attempt failed. */
async function withFailedMail(person: Person): Promise<void> {
  resend.behave([behaviours.serverError])
  await askForResetAs(person)
  expect(await getMail()).toMatchObject({ state: 'waiting', template: 'reset_password' })
}
