import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { askForLinkAs, askToJoinAs, joinAs } from '@/tests/support/accounts/people'
import { changes } from '@/tests/support/accounts/recorded-changes'
import { newPerson } from '@/tests/support/person'
import { dump } from '@/tests/support/postgres/dump'
import { query } from '@/tests/support/postgres/query'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

/** What the changes have in common. */
const changing = ['Account', 'Credential', 'Session']

beforeEach(async () => {
  await (await db()).$executeRaw`
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$`
})

afterEach(takeAll)

for (const [what, prepare] of Object.entries(changes)) {
  test(`${what} that cannot be recorded does not happen`, async () => {
    const change = await prepare(await joinAs())
    const before = await kept()
    await refuseEvents()
    await expect(change()).rejects.toThrow()
    expect(await kept()).toEqual(before)
    await takeAll()
    await change()
    expect(await kept()).not.toEqual(before)
  })
}

for (const [what, prepare] of Object.entries(changes)) {
  test(`${what} that comes to nothing at its last moment is not recorded`, async () => {
    const change = await prepare(await joinAs())
    const before = await kept()
    await refuseChangesAtCommit()
    await expect(change()).rejects.toThrow()
    expect(await kept()).toEqual(before)
  })
}

test('an account or a link that cannot be recorded is not made, and its mail is decided later', async () => {
  const [stranger, member] = [newPerson(), await joinAs()]
  await askToJoinAs(stranger)
  await askForLinkAs(member)
  await refuseEvents()
  const before = await kept()
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await deliverDueMail()
  expect(complaints).toHaveBeenCalledTimes(2)
  expect(await kept()).toEqual(before)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', template: null, attempts: 1 } })).toBe(2)
})

async function refuseEvents(): Promise<void> {
  await (await db()).$executeRaw`CREATE TRIGGER refused BEFORE INSERT ON "Event" EXECUTE FUNCTION refuse()`
}

async function refuseChangesAtCommit(): Promise<void> {
  for (const table of changing)
    await query(
      process.env.DATABASE_URL ?? '',
      `CREATE CONSTRAINT TRIGGER refused AFTER INSERT OR UPDATE OR DELETE ON "${table}"
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`,
    )
}

async function takeAll(): Promise<void> {
  for (const table of ['Event', ...changing])
    await query(process.env.DATABASE_URL ?? '', `DROP TRIGGER IF EXISTS refused ON "${table}"`)
}

/** All rows but those of limits, which count what was tried, and of mail that waits. */
async function kept(): Promise<unknown[]> {
  const rows = await dump()
  return rows
    .filter(({ table, state }) => table !== 'RateLimit' && !(table === 'Mail' && state === 'waiting'))
    .map((row) => JSON.stringify(row))
    .sort()
}
