import { EventEmitter, once } from 'node:events'
import { expect } from '@playwright/test'
import type { PoolClient } from 'pg'
import { breaches } from '@/tests/support/checks/laws'
import { faultTest as base } from '@/tests/support/faults/fault-test'
import { type Naive, startNaive } from '@/tests/support/postgres/naive'

// What the statements of the service are measured against: the same races, with statements as one writes them first.
const test = base.extend<{ naive: Naive }>({
  naive: async ({ postgres }, use) => {
    const naive = await startNaive(postgres)
    await use(naive)
    await naive.end()
  },
})

test('a link that is looked at and then used up lets several win, and the laws say so', async ({ naive }) => {
  await naive.crowd(32, async (client, index) => {
    const [live] = (
      await client.query(`SELECT "accountId" FROM "Token" WHERE "tokenHash" = 'live' AND "usedAt" IS NULL`)
    ).rows
    if (live) await changePassword(client, live.accountId, `new ${index}`)
  })
  expect(await naive.run(`SELECT 1 FROM "Event" WHERE "name" = 'authn_password_change'`)).not.toHaveLength(1)
  expect(await breaches(naive.url)).toContain('used reset links are not the resets')
})

test('attempts that are read and then written let more than five guesses through', async ({ naive }) => {
  const heard = await naive.crowd(32, async (client) => {
    const [{ attempts }] = (await client.query(`SELECT "attempts" FROM "Token" WHERE "tokenHash" = 'live'`)).rows
    if (attempts >= 5) return false
    await client.query(`UPDATE "Token" SET "attempts" = $1 WHERE "tokenHash" = 'live'`, [attempts + 1])
    return true
  })
  expect(heard.filter((value) => value === true).length).toBeGreaterThan(5)
})

test('a session that does not ask for the password’s version outlives the reset, and the laws say so', async ({
  naive,
}) => {
  const [{ accountId } = {}] = await naive.run('SELECT "accountId" FROM "Credential"')
  await naive.crowd(32, async (client, index) => {
    if (index === 0) return changePassword(client, String(accountId), 'new')
    const [{ version }] = (await client.query('SELECT "version" FROM "Credential"')).rows
    await client.query('SELECT pg_sleep(0.05)') // The time that it takes to verify a password.
    await client.query(
      `INSERT INTO "Session" ("tokenHash", "accountId", "credentialVersion", "device", "expiresAt")
       VALUES ($1, $2, $3, '{}', now() + interval '1 day')`,
      [`session ${index}`, accountId, version],
    )
  })
  expect(await breaches(naive.url)).toContain('a session is older than the password')
})

test('an address that is looked for and then written fails for those who come at once', async ({ naive }) => {
  const ends = await naive.crowd(32, async (client) => {
    if ((await client.query(`SELECT 1 FROM "Account" WHERE "emailKey" = 'b@example.org'`)).rowCount) return
    await client.query(
      `INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale")
       VALUES (gen_random_uuid(), 'b@example.org', 'b@example.org', 'A', 'B', 'BE', 'association', 'fr')`,
    )
  })
  expect(ends.filter((end) => end instanceof Error).length).toBeGreaterThan(0)
})

test('a limit that is read and then written lets more through and loses count', async ({ naive }) => {
  await naive.run(`INSERT INTO "RateLimit" ("key", "hits", "endsAt") VALUES ('naive', 0, now() + interval '1 hour')`)
  const allowed = await naive.crowd(200, async (client) => {
    const [{ hits }] = (await client.query(`SELECT "hits" FROM "RateLimit" WHERE "key" = 'naive'`)).rows
    await client.query(`UPDATE "RateLimit" SET "hits" = $1 WHERE "key" = 'naive'`, [hits + 1])
    return hits < 5
  })
  expect(allowed.filter((value) => value === true).length).toBeGreaterThan(5)
  const [row] = await naive.run('SELECT "hits" FROM "RateLimit"')
  expect(row?.hits).toBeLessThan(200)
})

test('mail that is looked for and then leased is taken by several workers', async ({ naive }) => {
  await naive.run(
    `INSERT INTO "Mail" ("id", "kind", "locale") SELECT gen_random_uuid(), 'sign_up', 'fr' FROM generate_series(1, 5)`,
  )
  const workers = 4
  let looking = workers
  const allHaveLooked = new EventEmitter()
  const taken = await naive.crowd(workers, async (client) => {
    const free = `SELECT "id" FROM "Mail" WHERE "leasedUntil" IS NULL`
    const ids = (await client.query(free)).rows.map(({ id }) => id)
    looking -= 1
    if (looking === 0) allHaveLooked.emit('now')
    else await once(allHaveLooked, 'now')
    await client.query(`UPDATE "Mail" SET "leasedUntil" = now() + interval '1 minute' WHERE "id" = ANY ($1)`, [ids])
    return ids
  })
  expect(taken.flat().length).toBeGreaterThan(5)
})

/** A change of the password with all that belongs to it, but for the guards. */
async function changePassword(client: PoolClient, accountId: string, passwordHash: string): Promise<void> {
  await client.query(`UPDATE "Token" SET "usedAt" = now() WHERE "tokenHash" = 'live'`)
  await client.query(`UPDATE "Credential" SET "passwordHash" = $1, "version" = "version" + 1`, [passwordHash])
  await client.query('DELETE FROM "Session" WHERE "accountId" = $1', [accountId])
  await client.query(
    `INSERT INTO "Event" ("name", "via", "accountId") VALUES ('authn_password_change', 'password_reset', $1)`,
    [accountId],
  )
}
