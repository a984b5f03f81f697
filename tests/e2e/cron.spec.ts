import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { mailsTo, sweep, test } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { submitRaw } from '@/tests/e2e/raw-walks'
import { behaviours } from '@/tests/support/fake-resend-behaviour'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

test('only the scheduler can have the outbox swept', async ({ service }) => {
  const right = `Bearer ${service.settings.CRON_SECRET}`
  const wrong = [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer null',
    service.settings.CRON_SECRET,
    `${right}x`,
    right.slice(0, -1),
  ]
  for (const authorization of wrong) {
    const answer = await fetch(`${service.url}/api/cron/mail`, { headers: authorization ? { authorization } : {} })
    expect.soft(answer.status, authorization).toBe(401)
    expect.soft(answer.headers.get('cache-control'), authorization).toBe('no-store')
  }
})

test('without a timer a mail waits for the scheduler, and then arrives once', async ({ another }) => {
  const service = await another({ VERCEL: '1' })
  const { url, resend, databaseUrl } = service
  const person = newPerson()
  resend.behave([behaviours.serverError])
  await submitRaw(service, await readForm(url, '/fr/signup'), person)
  await expect.poll(() => query(databaseUrl, waiting)).toMatchObject([{ attempts: 1, leasedUntil: null }])
  await query(databaseUrl, `UPDATE "Mail" SET "nextAttemptAt" = now()`)
  await sleep(6_500)
  expect(resend.requests).toHaveLength(1)

  const answer = await sweep(service)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await answer.json()).toEqual({ taken: 1 })
  expect(mailsTo(resend, person.email)).toHaveLength(1)
  expect(await (await sweep(service)).json()).toEqual({ taken: 0 })
})

const waiting = `SELECT "attempts", "leasedUntil" FROM "Mail" WHERE "state" = 'waiting'`
