import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { hashPolicy } from '@/lib/accounts/policy'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'
import { median } from '@/tests/timing/statistics'

/** What there is of somebody before they ask. */
export type Standing = 'unknown' | 'confirmed' | 'unconfirmed' | 'former hash' | 'malformed hash'

/** What hashes were made with once, where somebody's still is: four times as fast as today's. */
export const formerPolicy = { memoryCost: 4_096, timeCost: 3, parallelism: 1 }

/** People of one standing whom nobody has asked about. Only their addresses tell them apart, all of one length. */
export async function people(databaseUrl: string, standing: Standing, count: number): Promise<Person[]> {
  const all = Array.from({ length: count }, () => newPerson())
  if (standing !== 'unknown') await keep(databaseUrl, standing, all)
  return all
}

async function keep(databaseUrl: string, standing: Standing, all: Person[]): Promise<void> {
  const kept = newPerson()
  const emails = all.map(({ email }) => email).join()
  const verifiedAt = standing === 'unconfirmed' ? 'NULL' : 'now()'
  await query(
    databaseUrl,
    `WITH account AS (
      INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "verifiedAt")
      SELECT gen_random_uuid(), email, email, '${kept.firstName}', '${kept.lastName}', '${kept.country}', '${kept.organizationType}', 'fr', ${verifiedAt}
      FROM unnest(string_to_array('${emails}', ',')) AS email RETURNING "id"
    )
    INSERT INTO "Credential" ("accountId", "passwordHash") SELECT "id", '${await hashOf(standing)}' FROM account`,
  )
  await query(databaseUrl, 'ANALYZE')
}

async function hashOf(standing: Standing): Promise<string> {
  if (standing === 'malformed hash') return ''
  return hash(randomBytes(16), standing === 'former hash' ? formerPolicy : hashPolicy)
}

/** How long it takes here to verify one password by today's policy. */
export async function hashMilliseconds(): Promise<number> {
  const kept = await hashOf('confirmed')
  const times: number[] = []
  for (let tries = 0; tries < 50; tries += 1) {
    const began = performance.now()
    await verify(kept, 'another one')
    times.push(performance.now() - began)
  }
  return median(times)
}
