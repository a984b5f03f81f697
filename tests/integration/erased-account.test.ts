import { expect, test } from 'vitest'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { purge } from '@/lib/accounts/retention'
import { db } from '@/lib/db/client'
import { pseudonym } from '@/lib/keys'
import { logInAs } from '@/tests/support/changes'
import { close, passWeek, secondsLeft } from '@/tests/support/closing'
import { accountOf, askForReset, join, mailsTo } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('a second before the seven days are over the account is there, and after them nothing of it is', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  await logInAs({ ...person, password: 'Wr0ng one, surely' })
  const { id } = await accountOf(person)
  await askForReset(person)
  await close(person)
  const client = await db()
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
    await client.mail.count({ where: { OR: [where, undecided] } }),
    await client.event.count({ where }),
  ]
  expect(kept).toEqual([0, 0, 0, 0, 0])
  expect(
    await client.account.findMany({ select: { email: true }, where: { email: { in: [person.email, other.email] } } }),
  ).toEqual([{ email: other.email }])
  expect(await client.event.count({ where: { subject: pseudonym(person.email) } })).toBe(0)
  const left = await client.event.findMany({ where: { via: 'close_account' } })
  const ours = left.filter(({ accountId }) => accountId === null)
  expect(ours.map(({ name }) => name)).toEqual(expect.arrayContaining(['user_updated', 'user_deleted']))
  for (const { subject, address } of ours) expect([subject, address]).toEqual([null, null])
})

test('an address whose account was erased is as unknown as any other, and free', async () => {
  const person = await join(newPerson())
  await close(person)
  await deliverDueMail()
  await passWeek()
  await purge()
  const before = (await mailsTo(person)).length
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  await askForReset(person)
  await askForReset(person, { firstName: 'Mallory' })
  expect(await mailsTo(person)).toHaveLength(before)
  await join(person)
  expect(await logInAs(person)).toMatchObject({ ok: true })
})
