import type { JWK } from 'jose'
import {
  addKey,
  algorithm,
  laterFirst,
  marksInUse,
  privateKeyOf,
  readKeys,
  type SealedKey,
  sealAnew,
} from '@/lib/apps/sealed-keys'
import { ago } from '@/lib/db/ago'
import { ask, db, isTaken, transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { appPolicy } from '@/lib/policy'

const { rotateSeconds, publishedAheadSeconds, keptSeconds } = appPolicy.keys

type SigningKey = JWK & { kid: string; alg: string }

/** Private keys: first the one to sign with, then those that are only published. */
export type SigningKeys = { keys: SigningKey[] }

/** What a key does now, and until when it is published, where one that came after it sets an end. */
type ListedKey = { id: string; does: 'next' | 'signs' | 'former'; validFrom: Date; publishedUntil: Date | null }

/** The keys of today. Makes the first ones where there are none that can be opened; of many processes that do, one succeeds. */
export async function signingKeys(): Promise<SigningKeys> {
  const rows = await readKeys()
  if (rows[0]?.isValid) return { keys: rows.map(open) }
  await addOnce(Prisma.sql`date_trunc('hour', now())`)
  return { keys: (await readKeys()).map(open) }
}

/**
 * What time asks for: each key sealed by today's secret too; the next key, published for a day before it signs, where the last is old enough;
 * and an end to those whose follower has signed for so long that nothing of theirs is still believed. A key that cannot be opened here may be
 * the good one of others: it neither follows one nor has a follower, and goes at twice the age that keys reach.
 */
export async function tendKeys(): Promise<void> {
  await sealAnew()
  const marks = marksInUse()
  const [last] = await ask<{ isDue: boolean }>(Prisma.sql`
    SELECT max("validFrom") < ${ago(rotateSeconds)} AS "isDue" FROM "SigningKey" WHERE "sealedBy" = ANY(${marks})`)
  if (last?.isDue) await addNext()
  const client = await db()
  await client.$executeRaw`
    DELETE FROM "SigningKey" old WHERE CASE WHEN "sealedBy" = ANY(${marks})
      THEN EXISTS (SELECT FROM "SigningKey" next WHERE next."sealedBy" = ANY(${marks})
        AND next."validFrom" > old."validFrom" AND next."validFrom" < ${ago(keptSeconds)})
      ELSE "validFrom" < ${ago(2 * (rotateSeconds + publishedAheadSeconds + keptSeconds))} END`
}

/**
 * Makes the next key before its time, to sign from a day on. With `atOnce`, for keys that somebody else may have: it signs from now on,
 * and nothing that others have signed is believed any more. Nothing is done where the next one is published already, nor where there is
 * none yet, since whoever asks for the first has it made.
 */
export async function rotateKeys({ atOnce }: { atOnce: boolean }): Promise<'made' | 'published' | 'none'> {
  if (atOnce) {
    await transaction(async (tx) => {
      // Else whoever seals anew just now brings one back.
      await tx.$executeRaw`LOCK TABLE "SigningKey" IN EXCLUSIVE MODE`
      await tx.signingKey.deleteMany()
      await addKey(tx, Prisma.sql`now()`)
    })
    return 'made'
  }
  if ((await readKeys()).length === 0) return 'none'
  return (await addNext()) ? 'made' : 'published'
}

/** The keys that can be opened here, the newest first. */
export async function listKeys(): Promise<ListedKey[]> {
  const rows = (await readKeys()).toSorted(laterFirst)
  const signs = rows.findIndex(({ isValid }) => isValid)
  return rows.map(({ id, validFrom }, place) => {
    const does = place < signs ? 'next' : place === signs ? 'signs' : 'former'
    const follower = rows[place - 1]
    return {
      id,
      does,
      validFrom,
      publishedUntil: follower ? new Date(follower.validFrom.getTime() + keptSeconds * 1_000) : null,
    }
  })
}

async function addNext(): Promise<boolean> {
  const rows = await readKeys()
  if (rows.length === 0 || rows.some(({ isValid }) => !isValid)) return false
  return addOnce(Prisma.sql`date_trunc('hour', ${ago(-publishedAheadSeconds)})`)
}

/** Whether a key was made: of a moment there is one, so that of processes which do it at once one does. */
async function addOnce(validFrom: Prisma.Sql): Promise<boolean> {
  try {
    await addKey(await db(), validFrom)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

function open(row: SealedKey): SigningKey {
  return { ...privateKeyOf(row), kid: row.id, alg: algorithm, use: 'sig' }
}
