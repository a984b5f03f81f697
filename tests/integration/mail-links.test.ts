import { beforeEach, expect, test } from 'vitest'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset, redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { db } from '@/lib/db/client'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { getMail, passTime, tryAgain } from '@/tests/support/outbox'
import { askForReset, claimOf, newCaller } from '@/tests/support/people'
import type { Person } from '@/tests/support/person'
import { joinThrough, sentToken } from '@/tests/support/sent-mail'
import { useResend, useService } from '@/tests/support/service'

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
  expect(await peekPasswordReset(sentToken(resend, 'reset-password'))).toBe('live')
})

test('after 45 minutes without a worker no dead link is mailed, and the mail ends', async () => {
  await withFailedMail(await joinThrough(resend))
  await passTime(45)
  expect(await deliverDueMail()).toBe(1)
  expect(resend.requests).toHaveLength(1)
  expect(await getMail()).toMatchObject({ state: 'abandoned', data: null, sentTo: null })
})

test('a request that no worker saw for 45 minutes is answered with a live link', async () => {
  const person = await joinThrough(resend)
  await requestPasswordReset(claimOf(person), newCaller(), 'fr')
  await passTime(45)
  await deliverDueMail()
  expect(await getMail()).toMatchObject({ state: 'sent' })
  expect(await peekPasswordReset(sentToken(resend, 'reset-password'))).toBe('live')
})

test('a link that ended while its mail waited is not mailed', async () => {
  const person = await joinThrough(resend)
  await askForReset(person)
  const token = sentToken(resend, 'reset-password')
  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'reset_mail' } } })
  await withFailedMail(person)
  const redeemed = await redeemPasswordReset(
    token,
    { ...claimOf(person), newPassword: 'Un-n0uveau secret' },
    newCaller(),
    'fr',
  )
  expect(redeemed.ok).toBe(true)
  await tryAgain()
  expect(resend.mails.map(({ subject }) => subject)).toEqual([
    'Réinitialisez votre mot de passe Metamots',
    'Votre mot de passe Metamots a été modifié',
  ])
})

/** A mail with a reset link whose first attempt failed. */
async function withFailedMail(person: Person): Promise<void> {
  resend.behave([behaviours.serverError])
  await askForReset(person)
  expect(await getMail()).toMatchObject({ state: 'waiting', template: 'reset_password' })
}
