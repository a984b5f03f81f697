import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { submitTo } from '@/tests/support/http/forms'
import { mailsTo, sweep } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'

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

for (const [platform, mark] of Object.entries({ Vercel: 'VERCEL', Lambda: 'AWS_LAMBDA_FUNCTION_NAME' }))
  test(`on ${platform}, without a timer, a mail waits for the scheduler, and then arrives once`, async ({
    another,
  }) => {
    const service = await another({ [mark]: '1' })
    const { resend, databaseUrl } = service
    const person = newPerson()
    resend.behave([behaviours.serverError])
    await submitTo(service, '/fr/signup', person)
    await expect.poll(() => query(databaseUrl, waiting)).toMatchObject([{ attempts: 1, leasedUntil: null }])
    await query(databaseUrl, `UPDATE "Mail" SET "nextAttemptAt" = now()`)
    await sleep(6_500)
    expect(resend.requests).toHaveLength(1)

    const answer = await sweep(service)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await answer.json()).toEqual({ taken: 1 })
    expect(mailsTo(resend, person.email)).toHaveLength(1)
    const headers = { authorization: `Bearer ${service.settings.CRON_SECRET}` }
    const posted = await fetch(`${service.url}/api/cron/mail`, { method: 'POST', headers })
    expect([posted.status, await posted.json()]).toEqual([200, { taken: 0 }])
    expect((await fetch(`${service.url}/api/cron/mail`, { method: 'POST' })).status).toBe(401)
  })

test('a kick needs the bearer too, and says nothing of what it found', async ({ service }) => {
  const kick = (authorization: string) => fetch(`${service.url}/api/cron/mail?kick`, { headers: { authorization } })
  expect((await kick('Bearer wrong')).status).toBe(401)
  const answer = await kick(`Bearer ${service.settings.CRON_SECRET}`)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
})

const waiting = `SELECT "attempts", "leasedUntil" FROM "Mail" WHERE "state" = 'waiting'`
