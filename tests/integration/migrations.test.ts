import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { embeddedFactory } from '@/lib/db/embedded'
import { applyNext } from '@/prisma/apply'
import { readMigrations } from '@/prisma/read-migrations'
import { embeddedSession } from '@/prisma/session'
import { applyUpTo, stopSessionWithin } from '@/tests/support/postgres/migrations'

test('accounts whose address was not proved become pending sign-ups, with their links and waiting mails, and none is lost', async () => {
  const database = new PGlite()
  const session = await embeddedSession(embeddedFactory(database, () => database.close()))
  await applyUpTo(session, '20261124120300_closing')
  for (const [name, verifiedAt] of Object.entries({ member: 'now()', waiting: 'NULL' }))
    await open(database, name, verifiedAt)
  const accounts = await rows(database, 'SELECT "id", "email" FROM "Account" ORDER BY 2')
  await applyUpTo(session, '20261128200000_pending_sign_ups')

  expect(await rows(database, 'SELECT "id", "email" FROM "Account"')).toEqual(accounts.slice(0, 1))
  expect(
    await rows(
      database,
      'SELECT "email", "emailKey", "firstName", "country", "locale", "passwordHash" FROM "PendingSignUp"',
    ),
  ).toEqual([
    {
      email: 'waiting@example.org',
      emailKey: 'waiting@example.org',
      firstName: 'waiting',
      country: 'BE',
      locale: 'nl',
      passwordHash: 'hash of waiting',
    },
  ])
  expect(
    await rows(
      database,
      'SELECT "tokenHash", "emailKey", "accountId" IS NULL AS "free", "usedAt" IS NULL AS "open" FROM "Token" ORDER BY 1',
    ),
  ).toEqual([
    { tokenHash: 'link of member', emailKey: null, free: false, open: false },
    { tokenHash: 'link of waiting', emailKey: 'waiting@example.org', free: true, open: true },
  ])
  expect(await rows(database, `SELECT "data" FROM "Mail" WHERE "data" ? 'email'`)).toEqual([
    {
      data: {
        email: { address: 'waiting@example.org', key: 'waiting@example.org' },
        device: { browser: null, system: null },
      },
    },
  ])
  await session.close()
})

test('what a former release left half done of an embedded database is taken up', async () => {
  const database = new PGlite()
  const session = await embeddedSession(embeddedFactory(database, () => database.close()))
  const migrations = await readMigrations()
  for (const [end, done] of [
    ['_closing', 1],
    ['_pending_sign_ups', 5],
  ] as const) {
    const migration = migrations.find(({ name }) => name.endsWith(end))
    if (migration) await stopSessionWithin(session, migration, done)
    expect(await applyNext(session, migrations)).toBe(migration?.name)
  }
  await session.close()
})

/** Somebody who signed up with the former release, has a link and waits for it to be mailed again. */
async function open(database: PGlite, name: string, verifiedAt: string): Promise<void> {
  const id = `(SELECT "id" FROM "Account" WHERE "firstName" = '${name}')`
  await database.exec(`
    INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "verifiedAt")
    VALUES (gen_random_uuid(), '${name}@example.org', '${name}@example.org', '${name}', 'Durand', 'BE', 'association', 'nl', ${verifiedAt});
    INSERT INTO "Credential" ("accountId", "passwordHash") VALUES (${id}, 'hash of ${name}');
    INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "expiresAt")
    VALUES (gen_random_uuid(), 'link of ${name}', 'verification', ${id}, '${name}@example.org', now() + interval '1 day');
    INSERT INTO "Mail" ("id", "kind", "locale", "data") VALUES (gen_random_uuid(), 'verification', 'nl',
      jsonb_build_object('accountId', ${verifiedAt === 'NULL' ? id : 'gen_random_uuid()'}, 'device', '{"browser": null, "system": null}'::jsonb));`)
}

async function rows(database: PGlite, statement: string): Promise<unknown[]> {
  return (await database.query(statement)).rows
}
