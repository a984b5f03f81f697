import { expect, test } from 'vitest'
import { resendConfirmationSchema } from '@/lib/accounts/input'
import { requestVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { eraseClosedAccounts } from '@/lib/worker/erasure'
import { purge } from '@/lib/worker/retention'
import { correctDetails, logInAs } from '@/tests/support/accounts/changes'
import { closeAs, passWeek, secondsLeft } from '@/tests/support/accounts/closing'
import { rowsOf } from '@/tests/support/accounts/limits'
import { accountOf, askForLinkAs, askForResetAs, joinAs, mailboxOf, newCaller } from '@/tests/support/accounts/people'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('a second before the seven days are over the account is there, and after them nothing of it is', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  await logInAs({ ...person, password: 'Wr0ng one, surely' })
  const { id } = await accountOf(person)
  expect(await rowsOf(id)).not.toEqual([])
  await askForResetAs(person)
  const client = await db()
  await correctDetails(person, { country: 'CH' })
  expect(await client.formerDetails.count({ where: { accountId: id } })).toBe(1)
  await closeAs(person)
  const undecided = { state: 'waiting', data: { path: ['accountId'], equals: id } } as const
  expect(await client.mail.count({ where: undecided })).toBe(1)
  await client.$executeRaw`UPDATE "Account" SET "closesAt" = now() + interval '5 seconds' WHERE "id" = ${id}::uuid`
  await purge()
  expect(await secondsLeft(person)).toBeGreaterThan(0)

  await passWeek()
  await purge()
  const where = { accountId: id }
  const kept = [
    await client.credential.count({ where }),
    await client.session.count({ where }),
    await client.token.count({ where }),
    await client.formerDetails.count({ where }),
    await client.mail.count({ where: { OR: [where, undecided] } }),
    await client.event.count({ where }),
  ]
  expect(kept).toEqual([0, 0, 0, 0, 0, 0])
  expect(
    await client.account.findMany({ select: { email: true }, where: { email: { in: [person.email, other.email] } } }),
  ).toEqual([{ email: other.email }])
  expect((await rowsOf(id)).filter(({ key }) => !/^(reset_mail|close_account|change_details):/.test(key))).toEqual([])
  const left = await client.event.findMany({ where: { via: 'close_account' } })
  const ours = left.filter(({ accountId }) => accountId === null)
  expect(ours.map(({ name }) => name)).toEqual(expect.arrayContaining(['user_updated', 'user_deleted']))
  for (const { network } of ours) expect(network).toBeNull()
})

test('an address whose account was erased is as unknown as any other, and free', async () => {
  const person = await joinAs()
  await closeAs(person)
  await deliverDueMail()
  await passWeek()
  await purge()
  const before = (await mailboxOf(person)).length
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  await askForResetAs(person)
  await askForResetAs(person, { firstName: 'Mallory' })
  expect(await mailboxOf(person)).toHaveLength(before)
  await joinAs(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('what somebody typed for a mail that is not decided goes with their account', async () => {
  const person = await joinAs()
  await closeAs(person)
  await askForLinkAs(person)
  const { email } = resendConfirmationSchema.parse(person)
  await requestVerification({ email }, newCaller(), 'fr')
  await passWeek()
  await eraseClosedAccounts()
  expect(JSON.stringify(await (await db()).mail.findMany())).not.toContain(person.email)
})
