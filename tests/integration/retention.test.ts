import { expect, test } from 'vitest'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { purge } from '@/lib/accounts/retention'
import { db } from '@/lib/db/client'
import { askForReset, claimOf, join, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('what is young stays, and what has been kept long enough goes', async () => {
  const [member, stranger] = [await join(newPerson()), newPerson()]
  await signUpAs(stranger)
  await askForReset(member)
  const client = await db()
  await purge()
  const young = await counts()
  expect(Object.values(young).every((count) => count > 0)).toBe(true)

  await client.$executeRaw`UPDATE "Account" SET "createdAt" = now() - interval '8 days'`
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() - interval '25 hours'`
  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '31 days'`
  await client.$executeRaw`UPDATE "Event" SET "at" = now() - interval '366 days'`
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() - interval '1 second'`
  await purge()
  expect(await counts()).toEqual({ accounts: 1, tokens: 0, mails: 0, events: 0, limits: 0 })
  expect(await client.account.findMany({ select: { email: true } })).toEqual([{ email: member.email }])
})

test('a claim that could not be decided within the hour is wiped', async () => {
  await requestPasswordReset(claimOf(newPerson()), newCaller(), 'fr')
  const client = await db()
  await client.$executeRaw`UPDATE "Mail" SET "createdAt" = now() - interval '61 minutes' WHERE "state" = 'waiting'`
  await purge()
  expect(await client.mail.findMany({ select: { state: true, data: true } })).toEqual([
    { state: 'abandoned', data: null },
  ])
})

async function counts() {
  const client = await db()
  return {
    accounts: await client.account.count(),
    tokens: await client.token.count(),
    mails: await client.mail.count(),
    events: await client.event.count(),
    limits: await client.rateLimit.count(),
  }
}
