import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { closeDb, db } from '@/lib/db/client'
import { sessionOf } from '@/tests/support/accounts/changes'
import { joinAs } from '@/tests/support/accounts/people'
import { codeFor, redeemAt, statusOf, useApps } from '@/tests/support/apps/in-process'
import { useService } from '@/tests/support/vitest/use-service'

useApps(['shop'])
useService('postgres')

test('no statement of a way through the door reads a whole table of accounts, sessions or tokens', async () => {
  const session = await sessionOf(await joinAs())
  const [{ name } = { name: '' }] = await (await db()).$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  // Then a table is read whole only where no index serves, however small it is.
  await (await db()).$executeRawUnsafe(`ALTER DATABASE "${name}" SET enable_seqscan = off`)
  const before = await wholeReads()
  const { access_token } = await redeemAt('shop', await codeFor(session, 'shop'))
  expect(await statusOf(access_token)).toBe(200)
  expect(await wholeReads()).toEqual(before)
})

/** How often each of the large tables was read whole. */
async function wholeReads(): Promise<unknown> {
  // A connection tells what it did when it ends.
  await closeDb()
  await sleep(500)
  const client = await db()
  return client.$queryRaw`
    SELECT "relname", "seq_scan"::int FROM pg_stat_user_tables
    WHERE "relname" IN ('Account', 'Credential', 'Session', 'AppSession', 'AppToken') ORDER BY 1`
}
