import { db } from '@/lib/db/client'
import type { LeasedMail } from '@/lib/mail/outbox'

/** Gives back mails whose turn did not come, as if they had not been taken: they keep their place, and no attempt counts. */
export async function returnMail(mails: LeasedMail[]): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "leasedUntil" = NULL, "attempts" = "attempts" - 1
    WHERE "id" = ANY(${mails.map(({ id }) => id)}::uuid[]) AND "state" = 'waiting' AND "leasedUntil" > now()`
}

/** Keeps what every attempt hands over, before the first one, and returns it: that of whoever kept it first. Throws when the mail has ended. */
export async function keepMessage(id: string, message: string): Promise<string> {
  const [kept] = await (await db()).$queryRaw<{ message: string }[]>`
    UPDATE "Mail" SET "message" = coalesce("message", ${message}) WHERE "id" = ${id}::uuid AND "state" = 'waiting' RETURNING "message"`
  if (!kept) throw new Error('a mail ended while it was composed')
  return kept.message
}

/** Lets a mail be made anew, as another one for the provider, whose link or sender was over before it was known to be taken. Returns its row. */
export async function beginEdition(row: LeasedMail): Promise<LeasedMail> {
  const edition = row.edition + 1
  await (await db()).$executeRaw`
    UPDATE "Mail" SET "message" = NULL, "edition" = ${edition}::int WHERE "id" = ${row.id}::uuid AND "state" = 'waiting'`
  return { ...row, message: null, edition }
}

/**
 * Gives a mail back to be tried again after `seconds`, give or take a fifth; `isUntaken` when nobody can have what was to
 * be handed over, so that it is composed again; with `anew` as if it had never been tried.
 */
export async function postponeMail(
  id: string,
  seconds: number,
  { isUntaken = false, anew = false } = {},
): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Mail" SET "leasedUntil" = NULL, "attempts" = CASE WHEN ${anew} THEN 0 ELSE "attempts" END,
      "message" = CASE WHEN NOT ${isUntaken} THEN "message" END,
      "nextAttemptAt" = now() + ${seconds}::float8 * (0.8 + random() * 0.4) * interval '1 second'
    WHERE "id" = ${id}::uuid AND "state" = 'waiting'`
}
