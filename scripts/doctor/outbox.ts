import { fault, ofDatabase, warning, well } from '@/scripts/doctor/check'

const [noticedSeconds, harmfulSeconds] = [120, 900]

type Seen = {
  waiting: number
  oldestSeconds: number | null
  abandoned: number
  bounced: number
  refusal: string | null
}

/** Whether mail goes out: how long the oldest that is due has waited, and what was given up or bounced on the last day. */
export const outbox = ofDatabase('outbox', async (ask) => {
  const [row] = await ask<Seen>(`
    SELECT count(*) FILTER (WHERE "state" = 'waiting')::int AS "waiting",
      extract(epoch FROM now() - min("nextAttemptAt") FILTER (WHERE "state" = 'waiting' AND coalesce("leasedUntil" <= now(), true)))::float8 AS "oldestSeconds",
      count(*) FILTER (WHERE "state" = 'abandoned' AND "finishedAt" > now() - interval '1 day')::int AS "abandoned",
      count(*) FILTER (WHERE "delivery" IN ('bounced', 'failed', 'suppressed') AND "finishedAt" > now() - interval '1 day')::int AS "bounced",
      (SELECT "reason" FROM "MailTrouble" WHERE "kind" = 'refused') AS "refusal"
    FROM "Mail"`)
  if (!row) throw new Error('no answer')
  const { waiting, oldestSeconds, abandoned, bounced, refusal } = row
  const overdue = Math.max(0, Math.round(oldestSeconds ?? 0))
  const seen = `${waiting} waiting, the longest overdue ${overdue} s; on the last day ${abandoned} given up, ${bounced} bounced`
  const remedy =
    'See that the service runs, or its scheduler calls /api/cron/mail with CRON_SECRET every minute; then mail_postponed in the log for the reason.'
  if (refusal !== null)
    return fault(`${seen}; the provider refuses all: ${refusal}`, 'See mail_refused in docs/operations.md.')
  if (overdue > harmfulSeconds) return fault(seen, remedy)
  if (overdue > noticedSeconds) return warning(seen, remedy)
  if (abandoned > 0)
    return warning(seen, 'See: npm run metamots -- mail list --state abandoned, and mail_not_sent in the log.')
  return well(seen)
})
