import { expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { joinAs } from '@/tests/support/accounts/people'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('a condition without a value finds nobody and changes nothing: it is refused', async () => {
  await joinAs()
  const client = await db()
  const nobody = { id: undefined } as unknown as { id: string }
  await expect(client.account.findUnique({ where: nobody })).rejects.toThrow()
  await expect(client.account.findMany({ where: nobody })).rejects.toThrow(/undefined/)
  await expect(client.account.deleteMany({ where: nobody })).rejects.toThrow(/undefined/)
  await expect(client.account.updateMany({ where: nobody, data: { firstName: 'x' } })).rejects.toThrow(/undefined/)
  expect(await client.account.count()).toBe(1)
})
