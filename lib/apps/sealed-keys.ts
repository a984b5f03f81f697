import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { ask, db, type Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { purposeKey, seal, secretsInUse, sha256, unseal } from '@/lib/secrets'

/** Every library for OpenID Connect knows it. */
export const algorithm = 'RS256'

/** A private key as it rests. */
export type SealedKey = { id: string; sealedBy: string; sealed: string; validFrom: Date; isValid: boolean }

/** Those that can be opened, each once: the newest that signs first, then the former ones, then the next one. */
export async function readKeys(): Promise<SealedKey[]> {
  const rows = await ask<SealedKey>(Prisma.sql`
    SELECT DISTINCT ON ("id") *, "validFrom" <= now() AS "isValid" FROM "SigningKey" WHERE "sealedBy" = ANY(${marksInUse()})
    ORDER BY "id", "sealedBy" = ${markOf(env().secret)} DESC`)
  return rows.toSorted((a, b) => Number(b.isValid) - Number(a.isValid) || laterFirst(a, b))
}

/** Makes a key. It is sealed by each secret in use, or not at all: else of two processes that share only one each would sign with its own. */
export async function addKey(client: Pick<Transaction, '$executeRaw'>, validFrom: Prisma.Sql): Promise<void> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const text = JSON.stringify(await exportJWK(privateKey))
  const id = randomUUID()
  const rows = [...new Set(secretsInUse())].map(
    (secret) => Prisma.sql`(${id}, ${markOf(secret)}, ${seal('signing_key', text, secret)}, ${validFrom})`,
  )
  await client.$executeRaw`INSERT INTO "SigningKey" ("id", "sealedBy", "sealed", "validFrom") VALUES ${Prisma.join(rows)}`
  logEvent('signing_key_added')
}

/** Seals by today's secret too what the former one sealed, which will be forgotten. Processes that know only that one go on. */
export async function sealAnew(): Promise<void> {
  const { previousSecret, secret } = env()
  if (previousSecret === null) return
  const client = await db()
  for (const row of await readKeys())
    if (row.sealedBy === markOf(previousSecret))
      await client.$executeRaw`
        INSERT INTO "SigningKey" ("id", "sealedBy", "sealed", "validFrom")
        SELECT "id", ${markOf(secret)}, ${seal('signing_key', JSON.stringify(privateKeyOf(row)))}, "validFrom"
        FROM "SigningKey" WHERE "id" = ${row.id} AND "sealedBy" = ${row.sealedBy}
        ON CONFLICT DO NOTHING`
}

/** The key itself. Throws when it was changed where it rests. */
export function privateKeyOf({ sealed, sealedBy }: SealedKey): JWK {
  const text = unseal(
    'signing_key',
    sealed,
    secretsInUse().find((secret) => markOf(secret) === sealedBy),
  )
  if (text === null) throw new Error('a signing key was changed in the database')
  return JSON.parse(text)
}

/** Compares by when they sign, for an order. */
export function laterFirst(a: SealedKey, b: SealedKey): number {
  return b.validFrom.getTime() - a.validFrom.getTime()
}

/** What those that can be opened here are sealed by. */
export function marksInUse(): string[] {
  return secretsInUse().map(markOf)
}

/** By which a secret knows what it sealed. */
function markOf(secret: string): string {
  return sha256(purposeKey('signing_key', secret).toString('base64url')).slice(0, 22)
}
