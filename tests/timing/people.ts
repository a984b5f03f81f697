import { createHmac, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { guesses } from '@/lib/limits'
import { hashPolicy } from '@/lib/policy'
import { purposeKey, randomToken, sha256 } from '@/lib/secrets'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import type { Stage } from '@/tests/timing/stage'
import { median } from '@/tests/timing/statistics'

/** What there is of somebody before they ask. */
export type Standing = 'unknown' | 'confirmed' | 'pending' | 'former hash' | 'malformed hash'

/** What hashes were made with once, where somebody's still is: four times as fast as today's. */
export const formerPolicy = { memoryCost: 4_096, timeCost: 3, parallelism: 1 }

/** People of one standing whom nobody has asked about. Only their addresses tell them apart, all of one length. */
export async function people(
  databaseUrl: string,
  standing: Standing,
  count: number,
  password: string | Buffer = randomBytes(16),
): Promise<Person[]> {
  const all = Array.from({ length: count }, () => newPerson())
  if (standing !== 'unknown') await keep(databaseUrl, standing, all, password)
  return all
}

/** Uses up the guesses of a day at the passwords of these people, also of those who have no account. */
export async function lock({ databaseUrl, secret }: Stage, all: Person[]): Promise<void> {
  const accounts = await query(databaseUrl, 'SELECT "email", "id" FROM "Account"')
  const ids = new Map(accounts.map(({ email, id }) => [email, `${id}`]))
  const key = purposeKey('pseudonym', secret)
  const digestOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
  const subjects = all.map(({ email }) => ids.get(email) ?? digestOf(`nobody:${email}`))
  await query(
    databaseUrl,
    `INSERT INTO "RateLimit" ("key", "hits", "endsAt")
      SELECT action || ':' || subject, ${guesses.log_in.maxFailuresPerDay}, now() + interval '1 day'
      FROM unnest(string_to_array('${subjects}', ',')) AS subject, unnest(ARRAY['log_in', 'log_in_row']) AS action`,
  )
  await query(databaseUrl, 'ANALYZE')
}

/** Somebody signed in: the password, and the cookie of the session. */
export type Member = { password: string; cookie: string }

/** Members who have done nothing yet, all with one password. */
export async function members({ databaseUrl }: Stage, count: number): Promise<Member[]> {
  const { password } = newPerson()
  const all = await people(databaseUrl, 'confirmed', count, password)
  const tokens = all.map(() => randomToken())
  await query(
    databaseUrl,
    `INSERT INTO "Session" ("tokenHash", "accountId", "credentialVersion", "device", "expiresAt")
      SELECT "tokenHash", "Account"."id", 1, '{"browser":null,"system":null}', now() + interval '1 day'
      FROM unnest(string_to_array('${all.map(({ email }) => email)}', ','), string_to_array('${tokens.map(sha256)}', ','))
        AS kept ("email", "tokenHash") JOIN "Account" USING ("email")`,
  )
  await query(databaseUrl, 'ANALYZE')
  return tokens.map((token) => ({ password, cookie: `session=${token}` }))
}

async function keep(databaseUrl: string, standing: Standing, all: Person[], password: string | Buffer): Promise<void> {
  const kept = newPerson()
  const emails = all.map(({ email }) => email).join()
  const columns = '"id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale"'
  const details = `gen_random_uuid(), email, email, '${kept.firstName}', '${kept.lastName}', '${kept.country}', '${kept.organizationType}', 'fr'`
  const everybody = `unnest(string_to_array('${emails}', ',')) AS email`
  const hash = await hashOf(standing, password)
  await query(
    databaseUrl,
    standing === 'pending'
      ? `INSERT INTO "PendingSignUp" (${columns}, "passwordHash", "network") SELECT ${details}, '${hash}', '' FROM ${everybody}`
      : `WITH account AS (INSERT INTO "Account" (${columns}, "verifiedAt") SELECT ${details}, now() FROM ${everybody} RETURNING "id")
        INSERT INTO "Credential" ("accountId", "passwordHash") SELECT "id", '${hash}' FROM account`,
  )
  await query(databaseUrl, 'ANALYZE')
}

async function hashOf(standing: Standing, password: string | Buffer): Promise<string> {
  if (standing === 'malformed hash') return ''
  return hash(password, standing === 'former hash' ? formerPolicy : hashPolicy)
}

/** How long it takes here to verify one password by today's policy. */
export async function hashMilliseconds(): Promise<number> {
  const kept = await hashOf('confirmed', 'one')
  const times: number[] = []
  for (let tries = 0; tries < 50; tries += 1) {
    const began = performance.now()
    await verify(kept, 'another one')
    times.push(performance.now() - began)
  }
  return median(times)
}
