import { type Operator, recordEvent } from '@/lib/audit'
import { type Db, db, transaction } from '@/lib/db/client'
import { type MailState, Prisma } from '@/lib/db/generated/client'
import { probeSoon } from '@/lib/mail/trouble'
import { fail, ok, type Result } from '@/lib/result'

/** Due at once, at no cost of an attempt; never as if it had not been tried, for its link would be renewed. */
const dueNow = Prisma.sql`"nextAttemptAt" = now(), "attempts" = CASE WHEN "attempts" > 1 THEN "attempts" - 1 ELSE "attempts" END`

/** What tells of a mail without telling to whom it went. */
const shown = {
  id: true,
  kind: true,
  template: true,
  locale: true,
  class: true,
  state: true,
  attempts: true,
  createdAt: true,
  nextAttemptAt: true,
  leasedUntil: true,
  finishedAt: true,
  providerId: true,
  delivery: true,
  accountId: true,
} as const

/** The newest mails, of one state or of all. */
export async function listMails({ state, limit }: { state: MailState | null; limit: number }) {
  const client = await db()
  return client.mail.findMany({
    ...(state !== null && { where: { state } }),
    orderBy: { createdAt: 'desc' },
    take: limit,
    select: shown,
  })
}

/**
 * The mail with this reference: its id, the first characters of it (a mail shows eight), or the provider's id. With
 * `reveal` also to whom it goes, as long as it waits: that is recorded first. `ambiguous`: several begin so.
 */
export async function showMail(reference: string, operator: Operator, { reveal = false } = {}) {
  const client = await db()
  const found = await findMail(client, reference)
  if (!found.ok) return found
  const id = found.value
  const mail = await client.mail.findUniqueOrThrow({ where: { id }, select: shown })
  if (!reveal) return ok(mail)
  await recordEvent(client, 'sensitive_read', { accountId: mail.accountId, operator, via: 'reveal_mail' })
  return ok({ ...mail, ...(await client.mail.findUniqueOrThrow({ where: { id }, select: { sentTo: true } })) })
}

/**
 * Makes a mail that waits due at once, which costs it no attempt, and returns its id. `finished`: it was sent, dropped or given up, and what it said
 * has been wiped, so nothing can be sent again. `being_sent`: a worker is at it.
 */
export async function retryMail(
  reference: string,
  operator: Operator,
): Promise<Result<string, 'unknown_mail' | 'ambiguous' | 'finished' | 'being_sent'>> {
  return transaction(async (tx) => {
    const found = await findMail(tx, reference)
    if (!found.ok) return found
    const { state, accountId } = await tx.mail.findUniqueOrThrow({
      where: { id: found.value },
      select: { state: true, accountId: true },
    })
    if (state !== 'waiting') return fail('finished')
    const due = await tx.$executeRaw`
      UPDATE "Mail" SET ${dueNow}
      WHERE "id" = ${found.value}::uuid AND "state" = 'waiting' AND coalesce("leasedUntil" <= now(), true)`
    if (due === 0) return fail('being_sent')
    await probeSoon(tx)
    await recordEvent(tx, 'authz_admin', { accountId, operator, via: 'retry_mail' })
    return ok(found.value)
  })
}

/** Makes all mail that waits for its next attempt due at once, in the same way, and returns how many that are. */
export async function retryAllMail(operator: Operator): Promise<number> {
  return transaction(async (tx) => {
    await probeSoon(tx)
    await recordEvent(tx, 'authz_admin', { operator, via: 'retry_all_mail' })
    return tx.$executeRaw`
      UPDATE "Mail" SET ${dueNow}
      WHERE "state" = 'waiting' AND "nextAttemptAt" > now() AND coalesce("leasedUntil" <= now(), true)`
  })
}

const leastLength = 4

async function findMail(client: Db, reference: string): Promise<Result<string, 'unknown_mail' | 'ambiguous'>> {
  const beginning = reference.toLowerCase()
  // Two by id: one that is spelt out is never ambiguous.
  const found = await client.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Mail" WHERE "providerId" = ${reference}
    UNION SELECT "id" FROM "Mail" WHERE length(${beginning}) >= ${leastLength}::int AND starts_with("id"::text, ${beginning})
    LIMIT 2`
  const [first, second] = found
  if (!first) return fail('unknown_mail')
  return second ? fail('ambiguous') : ok(first.id)
}
