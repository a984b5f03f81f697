import { expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { noteMissingAddress } from '@/lib/http/missing-address'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('a client without an address is told once a day', async () => {
  const written = vi.spyOn(process.stdout, 'write')
  const alarms = () => written.mock.calls.filter(([line]) => String(line).includes('"client_address_missing"')).length
  for (let time = 0; time < 3; time += 1) await noteMissingAddress()
  expect(alarms()).toBe(1)
  const client = await db()
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() - interval '1 second'`
  await noteMissingAddress()
  expect(alarms()).toBe(2)
})
