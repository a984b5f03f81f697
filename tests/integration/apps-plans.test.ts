import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { changeLanguage } from '@/lib/accounts/change-language'
import { logOut } from '@/lib/accounts/log-out'
import { closeDb, db } from '@/lib/db/client'
import { purge } from '@/lib/worker/retention'
import { tellApps } from '@/lib/worker/tell-apps'
import { idOf, sessionOf } from '@/tests/support/accounts/changes'
import { joinAs } from '@/tests/support/accounts/people'
import { codeFor, redeemAt, statusOf, useApps } from '@/tests/support/apps/in-process'
import { useService } from '@/tests/support/vitest/use-service'

useApps(['shop'])
beforeAll(() => {
  const [shop] = JSON.parse(process.env.APPS ?? '')
  const ear = { events_url: 'http://127.0.0.1:9/events', events_secret: `whsec_${randomBytes(32).toString('base64')}` }
  process.env.APPS = JSON.stringify([{ ...shop, ...ear }])
})
useService('postgres')

beforeAll(async () => {
  const [{ name } = { name: '' }] = await (await db()).$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  // Then a table is read whole only where no index serves, however small it is.
  await (await db()).$executeRawUnsafe(`ALTER DATABASE "${name}" SET enable_seqscan = off`)
})

test('no statement of a way through the door reads a whole table of accounts, sessions or tokens', async () => {
  const session = await sessionOf(await joinAs())
  const before = await wholeReads()
  const { access_token } = await redeemAt('shop', await codeFor(session, 'shop'))
  expect(await statusOf(access_token)).toBe(200)
  expect(await wholeReads()).toEqual(before)
})

test('no statement by which applications are told, or what is to be told is written or forgotten, reads all that waits', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  await codeFor(session, 'shop')
  const tomorrow = new Date(Date.now() + 86_400_000)
  const waiting = [
    { app: 'shop', appSessionId: randomUUID(), attempts: 1, nextAttemptAt: tomorrow },
    { app: 'shop', nextAttemptAt: tomorrow },
    { app: 'former', appSessionId: randomUUID() },
  ]
  for (const each of waiting)
    await (await db()).appNotice.createMany({
      data: Array.from({ length: 1_000 }, () => ({ kind: 'waits', accountId: randomUUID(), ...each })),
    })
  const [before, read] = [await wholeReads(), await noticesRead()]
  await changeLanguage(await idOf(person), 'en')
  await logOut(session)
  await tellApps()
  await tellApps()
  await purge()
  expect(await wholeReads()).toEqual(before)
  expect((await noticesRead()) - read).toBeLessThan(100)
})

/** How many rows of notices were read, one by one or by an index. */
async function noticesRead(): Promise<number> {
  const [table] = await (await db()).$queryRaw<{ read: number }[]>`
    SELECT ("seq_tup_read" + "idx_tup_fetch")::int AS "read" FROM pg_stat_user_tables WHERE "relname" = 'AppNotice'`
  return table?.read ?? 0
}

/** How often each of the large tables was read whole. */
async function wholeReads(): Promise<unknown> {
  // A connection tells what it did when it ends.
  await closeDb()
  await sleep(500)
  const client = await db()
  return client.$queryRaw`
    SELECT "relname", "seq_scan"::int FROM pg_stat_user_tables
    WHERE "relname" IN ('Account', 'Credential', 'Session', 'AppSession', 'AppToken', 'AppNotice') ORDER BY 1`
}
