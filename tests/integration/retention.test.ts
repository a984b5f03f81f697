import { expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { purge } from '@/lib/worker/retention'
import { accountOf, askForLinkAs, askForResetAs, joinAs, signUpAs } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('what is young stays, and what has been kept long enough goes', async () => {
  const [member, stranger] = [await joinAs(), newPerson()]
  await signUpAs(stranger)
  await askForResetAs(member)
  const client = await db()
  await purge()
  const young = await counts()
  expect(Object.values(young).every((count) => count > 0)).toBe(true)

  await client.$executeRaw`UPDATE "Account" SET "createdAt" = now() - interval '8 days'`
  await client.$executeRaw`UPDATE "PendingSignUp" SET "createdAt" = now() - interval '8 days'`
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() - interval '25 hours'`
  await client.$executeRaw`UPDATE "Mail" SET "finishedAt" = now() - interval '31 days'`
  await client.$executeRaw`UPDATE "Event" SET "at" = now() - interval '366 days'`
  await client.$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() - interval '1 second'`
  await purge()
  expect(await counts()).toEqual({ accounts: 1, signUps: 0, tokens: 0, mails: 0, events: 0, limits: 0 })
  expect(await client.account.findMany({ select: { email: true } })).toEqual([{ email: member.email }])
})

test('a claim that could not be decided within three days is wiped, and not before', async () => {
  await askForLinkAs(newPerson())
  const client = await db()
  await client.$executeRaw`UPDATE "Mail" SET "createdAt" = now() - interval '4319 minutes' WHERE "state" = 'waiting'`
  await purge()
  expect(await client.mail.count({ where: { state: 'waiting' } })).toBe(1)
  await client.$executeRaw`UPDATE "Mail" SET "createdAt" = now() - interval '4321 minutes' WHERE "state" = 'waiting'`
  await purge()
  expect(await client.mail.findMany({ select: { state: true, data: true } })).toEqual([
    { state: 'abandoned', data: null },
  ])
})

test('a backlog is removed in steps, of which none takes more than two thousand rows', async () => {
  const client = await db()
  await refuseMany('RateLimit', 'Event', 'PendingSignUp', 'FormerDetails', 'Mail')
  const { id } = await accountOf(await joinAs())
  for (const statement of [
    `INSERT INTO "RateLimit" ("key", "hits", "endsAt") SELECT n::text, 1, now() - interval '1 day' FROM generate_series(1, 5000) AS n`,
    `INSERT INTO "Event" ("name", "at") SELECT 'session_expired', now() - interval '400 days' FROM generate_series(1, 4000)`,
    `INSERT INTO "PendingSignUp" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "passwordHash", "network", "createdAt")
      SELECT gen_random_uuid(), '', '', '', '', 'FR', 'company', 'fr', '', '', now() - interval '8 days' FROM generate_series(1, 4000)`,
    `INSERT INTO "FormerDetails" ("accountId", "firstName", "lastName", "country", "organizationType")
      SELECT '${id}', '', '', 'FR', 'company' FROM generate_series(1, 4000)`,
    ...['NULL', `'new_browser'`].map(
      (template) => `INSERT INTO "Mail" ("id", "kind", "template", "locale", "data", "createdAt")
        SELECT gen_random_uuid(), 'password_reset', ${template}, 'fr', '{}', now() - interval '30 days' FROM generate_series(1, 4000)`,
    ),
  ])
    await client.$executeRawUnsafe(statement)
  await purge()
  expect(await client.rateLimit.count({ where: { endsAt: { lt: new Date() } } })).toBe(0)
  expect(await client.event.count({ where: { name: 'session_expired' } })).toBe(0)
  expect([await client.pendingSignUp.count(), await client.formerDetails.count()]).toEqual([0, 0])
  expect(await client.mail.count({ where: { state: 'waiting', createdAt: { lt: ago(29) } } })).toBe(0)
})

test('what cannot be removed keeps nothing else from being removed, and it is said', async () => {
  const client = await db()
  for (const statement of [
    `INSERT INTO "Event" ("name", "at") VALUES ('session_expired', now() - interval '400 days')`,
    `INSERT INTO "RateLimit" ("key", "hits", "endsAt") VALUES ('held', 1, now() - interval '1 day')`,
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'it cannot be removed'; END $$`,
    `CREATE TRIGGER refuse BEFORE DELETE ON "RateLimit" FOR EACH ROW EXECUTE FUNCTION refuse()`,
  ])
    await client.$executeRawUnsafe(statement)
  await expect(purge()).rejects.toThrow('it cannot be removed')
  expect(await client.event.count({ where: { name: 'session_expired' } })).toBe(0)
  await client.$executeRawUnsafe(`DROP TRIGGER refuse ON "RateLimit"`)
})

/** From now on no statement removes, or ends, more than two thousand rows of these. */
async function refuseMany(...tables: string[]): Promise<void> {
  const client = await db()
  await client.$executeRawUnsafe(
    `CREATE FUNCTION refuse_many() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF (SELECT count(*) FROM gone) > 2000 THEN RAISE 'too many at once'; END IF; RETURN NULL; END $$`,
  )
  for (const table of tables)
    for (const done of ['DELETE', 'UPDATE'])
      await client.$executeRawUnsafe(
        `CREATE TRIGGER steps_${done} AFTER ${done} ON "${table}" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION refuse_many()`,
      )
}

function ago(days: number): Date {
  return new Date(Date.now() - days * 86_400_000)
}

async function counts() {
  const client = await db()
  return {
    accounts: await client.account.count(),
    signUps: await client.pendingSignUp.count(),
    tokens: await client.token.count(),
    mails: await client.mail.count(),
    events: await client.event.count(),
    limits: await client.rateLimit.count(),
  }
}
