import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { Client } from 'pg'
import type { Service } from '@/tests/support/app/service'
import { query } from '@/tests/support/postgres/query'

/** The one script, for Postgres and the embedded database. */
export const laws = readFileSync(new URL('laws.sql', import.meta.url), 'utf8')

/** The laws that are broken now; with a `plant`, those that this statement would break. */
export async function breaches(databaseUrl: string, plant = ''): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(plant)
    return (await client.query(laws)).rows.map(({ law }) => law)
  } finally {
    await client.end()
  }
}

/** Waits until no mail waits, which may take a minute, then holds all to the laws: also that the mails sent are those the provider accepted. */
export async function expectLaws({ databaseUrl, resend }: Pick<Service, 'databaseUrl' | 'resend'>): Promise<void> {
  const waiting = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`
  await expect.poll(() => query(databaseUrl, waiting), { timeout: 90_000 }).toEqual([])
  expect(await breaches(databaseUrl)).toEqual([])
  const accepted = resend.mails.map(({ key, id }) => ({ key, id, state: 'sent' }))
  const keys = accepted.map(({ key }) => key).join()
  const known = await query(
    databaseUrl,
    `WITH mail AS (
      SELECT 'mail-' || "id" || CASE WHEN "edition" > 1 THEN '-' || "edition" ELSE '' END AS key, "providerId" AS id, "state",
        "state" = 'abandoned' AND "attempts" > 1 AS "isPastUse"
      FROM "Mail"
    ) SELECT * FROM mail WHERE "state" = 'sent' OR "key" = ANY('{${keys}}')`,
  )
  // Whoever sent it was ended before noting that, and its link was used before somebody took it up again.
  const pastUse = known.filter(({ isPastUse }) => isPastUse).map(({ key }) => key)
  const noted = ({ key }: { key?: unknown }) => !pastUse.includes(key)
  const byKey = (one: { key?: unknown }, other: { key?: unknown }) => (String(one.key) < String(other.key) ? -1 : 1)
  const shown = known.filter(noted).map(({ key, id, state }) => ({ key, id, state }))
  expect(shown.toSorted(byKey)).toEqual(accepted.filter(noted).toSorted(byKey))
}
