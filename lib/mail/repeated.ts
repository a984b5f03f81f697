import { db } from '@/lib/db/client'
import { inRequest, logEvent } from '@/lib/log'
import { ended, type LeasedMail } from '@/lib/mail/outbox'

/** The kinds of intents that anybody can write about anybody, as often as they like, and that say nothing else each time. */
const repeatable = ['password_reset', 'verification']

/**
 * Ends what asks for the very same as an undecided one of these mails, in the same language, and waits for nothing but a worker: the decision
 * that is taken now answers all of it, and so costs as much however often it was asked for. Returns the mails that are left, each as it was
 * asked for last. One atomic statement; what another worker has under lease is left to it.
 */
export async function withoutRepeated(mails: LeasedMail[]): Promise<LeasedMail[]> {
  const ids = mails.filter(({ kind, template }) => template === null && repeatable.includes(kind)).map(({ id }) => id)
  if (ids.length === 0) return mails
  const changed = await (await db()).$queryRaw<
    { id: string; first: string | null; request: string | null; data: LeasedMail['data']; createdAt: Date }[]
  >`
    WITH own AS (
      SELECT DISTINCT ON ("recipient", "kind", "locale", "asked") *
      FROM (SELECT *, "data" - 'device' AS "asked" FROM "Mail" WHERE "id" = ANY(${ids}::uuid[])) AS leased
      ORDER BY "recipient", "kind", "locale", "asked", "createdAt", "id"
    ),
    repeated AS (
      SELECT again."id", own."id" AS "first" FROM own JOIN "Mail" again USING ("recipient", "kind", "locale")
      WHERE again."state" = 'waiting' AND again."template" IS NULL AND again."data" - 'device' = own."asked"
        AND again."id" <> own."id" AND again."nextAttemptAt" <= now()
        AND (again."id" = ANY(${ids}::uuid[]) OR coalesce(again."leasedUntil" <= now(), true))
      FOR UPDATE OF again SKIP LOCKED
    ),
    last AS (
      SELECT DISTINCT ON ("first") "first", "data", "createdAt" FROM repeated JOIN "Mail" USING ("id") ORDER BY "first", "createdAt" DESC
    ),
    dropped AS (
      UPDATE "Mail" SET "state" = 'dropped', ${ended}
      FROM repeated WHERE "Mail"."id" = repeated."id"
      RETURNING "Mail"."id", "Mail"."request", repeated."first"
    ),
    kept AS (
      UPDATE "Mail" SET "data" = last."data", "createdAt" = last."createdAt"
      FROM last WHERE "Mail"."id" = last."first" AND "Mail"."createdAt" < last."createdAt"
        AND "Mail"."state" = 'waiting' AND "Mail"."template" IS NULL
      RETURNING "Mail"."id", "Mail"."data", "Mail"."createdAt"
    )
    SELECT "id", "first", "request", NULL::jsonb AS "data", now() AS "createdAt" FROM dropped
    UNION ALL SELECT "id", NULL, NULL, "data", "createdAt" FROM kept`
  for (const { id, first, request } of changed)
    if (first !== null) inRequest(request, () => logEvent('mail_repeated', { mail: id, answeredBy: first }))
  const all = new Map(changed.map((each) => [each.id, each]))
  return mails.flatMap((mail) => {
    const now = all.get(mail.id)
    if (!now) return [mail]
    return now.first === null ? [{ ...mail, data: now.data, createdAt: now.createdAt }] : []
  })
}
