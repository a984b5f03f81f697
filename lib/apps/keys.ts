import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { ask, db, type Transaction, transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { appPolicy } from '@/lib/policy'
import { purposeKey, seal, secretsInUse, sha256, unseal } from '@/lib/secrets'

/** Every library for OpenID Connect knows it. */
const algorithm = 'RS256'

const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys

type SigningKey = JWK & { kid: string; alg: string }

/** Private keys: first the one to sign with, then those that are only published. */
export type SigningKeys = { keys: SigningKey[] }

type Row = { id: string; sealedBy: string; sealed: string; validFrom: Date; isValid: boolean }

/** The keys of today. Makes the first ones where there are none that can be opened; of many processes that do, one succeeds. */
export async function signingKeys(): Promise<SigningKeys> {
  const rows = await readKeys()
  if (rows[0]?.isValid) return { keys: rows.map(open) }
  await addKey(await db(), Prisma.sql`date_trunc('hour', now())`)
  return { keys: (await readKeys()).map(open) }
}

/**
 * What time asks for: the next key, published for a day before it signs, where the last is old enough; each key sealed
 * by today's secret too; and an end to those whose follower has signed for so long that nothing of theirs is still believed.
 */
export async function tendKeys(): Promise<void> {
  await sealAnew()
  const [last] = await ask<{ isDue: boolean }>(Prisma.sql`
    SELECT max("validFrom") < now() - ${rotateSeconds}::int * interval '1 second' AS "isDue" FROM "SigningKey"`)
  if (last?.isDue) await addNext()
  const client = await db()
  await client.$executeRaw`
    DELETE FROM "SigningKey" old USING "SigningKey" next WHERE next."id" <> old."id" AND next."validFrom" > old."validFrom"
      AND next."validFrom" < now() - ${keptSeconds}::int * interval '1 second'`
}

/**
 * Makes the next key before its time, to sign from a day on. With `atOnce`, for keys that somebody else may have: it signs from now on,
 * and nothing that others have signed is believed any more. False, and nothing done, where the next one is published already, or there is none yet.
 */
export async function rotateKeys({ atOnce }: { atOnce: boolean }): Promise<boolean> {
  if (atOnce) {
    await transaction(async (tx) => {
      await tx.signingKey.deleteMany()
      await addKey(tx, Prisma.sql`now()`)
    })
    return true
  }
  return (await addNext()) > 0
}

/** Of each key its id and since when, or from when, it signs. */
export async function listKeys(): Promise<{ id: string; validFrom: Date }[]> {
  return (await readKeys()).map(({ id, validFrom }) => ({ id, validFrom }))
}

async function addNext(): Promise<number> {
  const rows = await readKeys()
  if (rows.length === 0 || rows.some(({ isValid }) => !isValid)) return 0
  return addKey(await db(), Prisma.sql`date_trunc('hour', now()) + ${publishedAheadSeconds}::int * interval '1 second'`)
}

/** Those that can be opened, each once: the newest that signs first, then the next one, then the former ones. */
async function readKeys(): Promise<Row[]> {
  const rows = await ask<Row>(Prisma.sql`
    SELECT DISTINCT ON ("id") *, "validFrom" <= now() AS "isValid" FROM "SigningKey" WHERE "sealedBy" = ANY(${secretsInUse().map(markOf)})
    ORDER BY "id", "sealedBy" = ${markOf(env().secret)} DESC`)
  return rows.toSorted((a, b) => Number(b.isValid) - Number(a.isValid) || b.validFrom.getTime() - a.validFrom.getTime())
}

/** Of a moment there is one, so that processes which do it at once make one. */
async function addKey(client: Pick<Transaction, '$executeRaw'>, validFrom: Prisma.Sql): Promise<number> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const sealed = seal('signing_key', JSON.stringify(await exportJWK(privateKey)))
  const added = await client.$executeRaw`
    INSERT INTO "SigningKey" ("id", "sealedBy", "sealed", "validFrom")
    VALUES (${randomUUID()}, ${markOf(env().secret)}, ${sealed}, ${validFrom}) ON CONFLICT DO NOTHING`
  if (added > 0) logEvent('signing_key_added')
  return added
}

/** Seals by today's secret too what the former one sealed, which will be forgotten. Processes that know only that one go on. */
async function sealAnew(): Promise<void> {
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

function open(row: Row): SigningKey {
  return { ...privateKeyOf(row), kid: row.id, alg: algorithm, use: 'sig' }
}

function privateKeyOf({ sealed, sealedBy }: Row): JWK {
  const text = unseal(
    'signing_key',
    sealed,
    secretsInUse().find((secret) => markOf(secret) === sealedBy),
  )
  if (text === null) throw new Error('a signing key was changed in the database')
  return JSON.parse(text)
}

/** By which a secret knows what it sealed. */
function markOf(secret: string): string {
  return sha256(purposeKey('signing_key', secret).toString('base64url')).slice(0, 22)
}
