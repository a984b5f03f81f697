import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { kick } from '@/lib/worker/kick'
import { askToJoinAs } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const own = createServer().listen(0, '127.0.0.1')
await once(own, 'listening')
process.env.APP_URL = `http://127.0.0.1:${(own.address() as AddressInfo).port}`
process.env.CRON_SECRET = 'a-cron-secret-for-tests-only'
process.env.TRUSTED_IP_HEADER = 'x-test-address'
afterAll(() => void own.close())

const resend = await useResend()
useService('postgres')

test('a process delivers the mails of submissions that come together, however slow the provider is with the first', async () => {
  resend.behave([behaviours.delay(3_000)])
  const people = Array.from({ length: 6 }, () => newPerson())
  await Promise.all(
    people.map(async (person) => {
      await askToJoinAs(person)
      await kick()
    }),
  )
  const reached = () => resend.mails.flatMap(({ to }) => to).sort()
  await expect.poll(reached, { timeout: 60_000 }).toEqual(people.map(({ email }) => email).sort())
}, 120_000)

test('a function hands the kick over to its own sweep, and does not wait for the answer', async () => {
  vi.stubEnv('VERCEL', '1')
  const asked = once(own, 'request')
  await kick()
  const [request, response] = (await asked) as [IncomingMessage, ServerResponse]
  expect([request.url, request.headers.authorization]).toEqual([
    '/api/cron/mail?kick',
    `Bearer ${process.env.CRON_SECRET}`,
  ])
  response.writeHead(204).end()
})
