import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { noteFields } from '@/tests/support/checks/witness'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { done, outcomeOf, type Resetting, startReset, untouched } from '@/tests/support/faults/resets'
import { newAddress, submission } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test('a submission that breaks off after any number of bytes changes nothing; one that was sent whole is done though nobody waits', async ({
  service,
}) => {
  const reset = await startReset(service)
  const bytes = await bytesOf(service, reset)
  const head = bytes.indexOf('\r\n\r\n') + 4
  const cuts = Array.from({ length: 24 }, (_, step) => Math.round((bytes.length * (step + 1)) / 25))
  for (const cut of [1, head - 1, head, head + 1, ...cuts, bytes.length - 1]) await sendAndLeave(service, bytes, cut)
  await expect.poll(() => connections(service)).toBe(0)
  await expectLaws(service)
  expect(await outcomeOf(service, reset)).toEqual(untouched)

  await sendAndLeave(service, bytes, bytes.length)
  await expectUsed(service, reset)
  await expectLaws(service)
  expect(await outcomeOf(service, reset)).toEqual(done)
})

test.describe(() => {
  test.use({ onLine: true })

  for (const place of ['UPDATE "Token" SET "attempts"', 'BEGIN', 'COMMIT'])
    test(`a redemption whose sender left before ${place.split(' ')[0]} is done all the same`, async ({
      service,
      line,
    }) => {
      const reset = await startReset(service)
      const bytes = await bytesOf(service, reset)
      const socket = await new Promise<Socket>((reached) => {
        const sending = send(service, bytes)
        line.listen({
          async before(text) {
            if (!text.startsWith(place)) return
            reached(await sending)
            await line.held()
          },
        })
      })
      const closed = once(socket, 'close')
      socket.resetAndDestroy()
      await closed
      line.listen()
      await expectUsed(service, reset)
      await expectLaws(service)
      expect(await outcomeOf(service, reset)).toEqual(done)
    })
})

/** A redemption as it goes over the line. */
async function bytesOf({ url, origin }: Service, { open, person }: Resetting): Promise<Buffer> {
  const { fields = [] } = submission(open.form, { ...identityOf(person), newPassword }, false)
  noteFields(fields)
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const encoded = new Request(url, { method: 'POST', body: form })
  const body = Buffer.from(await encoded.arrayBuffer())
  const head = [
    `POST ${open.form.path} HTTP/1.1`,
    `host: ${new URL(url).host}`,
    `origin: ${origin}`,
    `cookie: ${open.cookie}`,
    `x-test-address: ${newAddress()}`,
    `content-type: ${encoded.headers.get('content-type')}`,
    `content-length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

async function send({ app }: Service, bytes: Buffer): Promise<Socket> {
  const socket = connect(app.port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  await new Promise((sent) => socket.write(bytes, sent))
  return socket
}

async function sendAndLeave(service: Service, bytes: Buffer, count: number): Promise<void> {
  const socket = await send(service, bytes.subarray(0, count))
  socket.destroySoon()
  await once(socket, 'close')
}

async function expectUsed({ databaseUrl }: Service, { person }: Resetting): Promise<void> {
  const used = `SELECT 1 FROM "Token" JOIN "Account" a ON a."id" = "accountId" WHERE "usedAt" IS NOT NULL
    AND "purpose" = 'password_reset' AND a."email" = '${person.email}'`
  await expect.poll(async () => (await query(databaseUrl, used)).length).toBe(1)
}

/** How many requests the application still has under way at the database. */
async function connections({ databaseUrl }: Service): Promise<number> {
  const active = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`
  return (await query(databaseUrl, active)).length
}
