import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Db, db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { appPolicy } from '@/lib/policy'
import { seal, unseal } from '@/lib/secrets'

const algorithms = ['RS256', 'ES256'] as const

/** Private keys, with `kid` and `alg`: of each algorithm first the one to sign with, then those that are only published. */
export type SigningKeys = { keys: (JWK & { kid: string; alg: string })[] }

type Row = { id: string; algorithm: string; sealed: string; isValid: boolean }

/**
 * The keys of today. Makes the first ones where there are none; of many processes that do, one succeeds. Throws where none can
 * be opened: the secret was changed and the former one is not known.
 */
export async function signingKeys(): Promise<SigningKeys> {
  const client = await db()
  const found = await read(client)
  if (found.length === 0) await addKeys(client, 0)
  const rows = found.length === 0 ? await read(client) : found
  const keys = rows.map((row) => opened(row))
  if (!algorithms.every((alg) => keys.some((key) => key?.alg === alg))) throw new Error('no key can be opened')
  return { keys: keys.filter((key) => key !== null) }
}

/** Adds the next key of each algorithm, to sign with from a day on, where the last is old enough; removes what nobody needs any more. */
export async function rotateKeys(isAsked = false): Promise<void> {
  const client = await db()
  await sealAnew(client)
  const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys
  const [{ isDue } = { isDue: false }] = await client.$queryRaw<{ isDue: boolean }[]>`
    SELECT bool_and("validFrom" < now() - ${isAsked ? 0 : rotateSeconds}::int * interval '1 second') AS "isDue" FROM "SigningKey"`
  if (isDue) await addKeys(client, publishedAheadSeconds)
  await client.$executeRaw`
    DELETE FROM "SigningKey" old USING "SigningKey" next WHERE next."algorithm" = old."algorithm" AND next."validFrom" > old."validFrom"
      AND next."validFrom" < now() - ${keptSeconds}::int * interval '1 second'`
}

/** The newest that is valid, then the next one, then the former ones. */
function read(client: Db): Promise<Row[]> {
  return client.$queryRaw<Row[]>`
    SELECT "id", "algorithm", "sealed", "validFrom" <= now() AS "isValid" FROM "SigningKey"
    ORDER BY "validFrom" <= now() DESC, "validFrom" DESC, "id"`
}

/** Those of a moment: the start of the hour, so that processes which do it at once make one. */
async function addKeys(client: Db, aheadSeconds: number): Promise<void> {
  for (const algorithm of algorithms) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
    const id = randomUUID()
    const sealed = seal('signing_key', JSON.stringify(await exportJWK(privateKey)))
    const added = await client.$executeRaw`
      INSERT INTO "SigningKey" ("id", "algorithm", "sealed", "validFrom")
      VALUES (${id}, ${algorithm}, ${sealed}, date_trunc('hour', now()) + ${aheadSeconds}::int * interval '1 second')
      ON CONFLICT DO NOTHING`
    if (added === 1) logEvent('signing_key_added', { key: id, algorithm })
  }
}

/** Seals with today's secret what the former one sealed, which will be forgotten. */
async function sealAnew(client: Db): Promise<void> {
  const { previousSecret } = env()
  if (previousSecret === null) return
  for (const { id, sealed } of await read(client)) {
    const text = unseal('signing_key', sealed) === null ? unseal('signing_key', sealed, previousSecret) : null
    if (text !== null)
      await client.signingKey.updateMany({ where: { id, sealed }, data: { sealed: seal('signing_key', text) } })
  }
}

function opened({ id, algorithm, sealed }: Row): (JWK & { kid: string; alg: string }) | null {
  const { secret, previousSecret } = env()
  for (const each of [secret, previousSecret]) {
    const text = each && unseal('signing_key', sealed, each)
    if (text) return { ...JSON.parse(text), kid: id, alg: algorithm, use: 'sig' }
  }
  return null
}
