import { expect, test } from 'vitest'
import { closeAccount, keepAccount } from '@/lib/accounts/close-account'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { eraseClosedAccounts } from '@/lib/worker/erasure'
import { patiently } from '@/tests/support/accounts/busy'
import { accountOf, joinAs, mailboxOf, newCaller } from '@/tests/support/accounts/people'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('of eight who ask at once for one account to be closed, one moves it, and one mail comes', async () => {
  const person = await joinAs()
  const { id } = await accountOf(person)
  const ask = () => patiently(() => closeAccount(id, { currentPassword: person.password }, newCaller(), 'fr'))
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  expect(answers).toEqual(Array(8).fill({ ok: true }))
  await deliverDueMail()
  expect(await mailboxOf(person)).toHaveLength(2)
  expect(await (await db()).event.count({ where: { accountId: id, via: 'close_account' } })).toBe(1)
})

test('an account that is kept while it is being erased is whole or gone, whichever sweep looks', async () => {
  const client = await db()
  for (let round = 0; round < 20; round += 1) {
    const { id } = await accountOf(await joinAs())
    await client.$executeRaw`UPDATE "Account" SET "closesAt" = now() WHERE "id" = ${id}::uuid`
    const sweeps = [eraseClosedAccounts(), eraseClosedAccounts()]
    await Promise.all(round % 2 ? [keepAccount(id, newCaller()), ...sweeps] : [...sweeps, keepAccount(id, newCaller())])
    const account = await client.account.findUnique({ where: { id }, include: { credential: true } })
    const own = await client.event.count({ where: { accountId: id } })
    if (account) expect([account.closesAt, account.credential?.version, own > 0]).toEqual([null, 1, true])
    else expect(own).toBe(0)
  }
})
