import { randomUUID } from 'node:crypto'
import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { currentRequest, logEvent } from '@/lib/log'
import type { MailClass } from '@/lib/mail/outbox'
import { mailPolicy } from '@/lib/policy'

/** Which mails come before it. `recipient` and `network`, digests, are to share fairly with others; null for no asker. */
type Place = { mailClass: MailClass; recipient: string; network: string | null }

/** Writes a mail to be decided and composed later, and returns its id: one INSERT, which looks only at the last that wait for the same place. */
export async function enqueueMail(
  client: Db,
  kind: string,
  locale: string,
  data: Prisma.InputJsonObject,
  place: Place,
): Promise<string> {
  const { id, insert } = mailInsert(kind, locale, data, place)
  await client.$executeRaw(insert)
  noteEnqueued(id, kind)
  return id
}

/** The same as a part of a larger statement, to be ended by where it reads from: a mail for each row, whose data `also` adds to. Afterwards, where it was written, `noteEnqueued`. */
export function mailInsert(
  kind: string,
  locale: string,
  data: Prisma.InputJsonObject,
  { mailClass, recipient, network }: Place,
  also = Prisma.empty,
): { id: string; insert: Prisma.Sql } {
  const id = randomUUID()
  const behind = (those: Prisma.Sql) => Prisma.sql`(
    SELECT max("placeAt") + ${mailPolicy.placeSeconds}::int * interval '1 second' FROM "Mail"
    WHERE "state" = 'waiting' AND "class" = ${mailClass}::int AND ${those})`
  const insert = Prisma.sql`
    INSERT INTO "Mail" ("id", "kind", "locale", "data", "class", "recipient", "network", "request", "placeAt")
    SELECT ${id}::uuid, ${kind}, ${locale}, ${data}::jsonb ${also}, ${mailClass}::int, ${recipient}, ${network}, ${currentRequest()},
      greatest(now(), ${behind(Prisma.sql`"recipient" = ${recipient}`)}, ${behind(Prisma.sql`"network" = ${network}`)})`
  return { id, insert }
}

/** Logs that a mail was written. */
export function noteEnqueued(id: string, kind: string): void {
  logEvent('mail_enqueued', { mail: id, kind })
}
