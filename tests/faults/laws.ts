import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { Client } from 'pg'
import type { Service } from '@/tests/e2e/service'
import { query } from '@/tests/support/postgres-admin'

/** The one script, for Postgres and the embedded database. */
export const laws = readFileSync(new URL('laws.sql', import.meta.url), 'utf8')

/** What is broken of the laws that hold at every moment; with a `plant`, what would be once that statement had run. */
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

/** Waits until no mail waits, then holds all to the laws: also that the mails sent are those the provider accepted. */
export async function expectLaws({ databaseUrl, resend }: Pick<Service, 'databaseUrl' | 'resend'>): Promise<void> {
  const waiting = `SELECT 1 FROM "Mail" WHERE "state" = 'waiting'`
  await expect.poll(() => query(databaseUrl, waiting), { timeout: 60_000 }).toEqual([])
  expect(await breaches(databaseUrl)).toEqual([])
  const sent = await query(
    databaseUrl,
    `SELECT 'mail-' || "id" AS key, "providerId" AS id FROM "Mail" WHERE "state" = 'sent'`,
  )
  const accepted = resend.mails.map(({ key, id }) => ({ key, id }))
  const byKey = (one: { key?: unknown }, other: { key?: unknown }) => (String(one.key) < String(other.key) ? -1 : 1)
  expect(sent.toSorted(byKey)).toEqual(accepted.toSorted(byKey))
}
