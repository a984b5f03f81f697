import { deleteFormerDetails } from '@/lib/accounts/details'
import { deleteDeadTokens } from '@/lib/accounts/tokens'
import { listeningApps } from '@/lib/apps/apps'
import { ago } from '@/lib/db/ago'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { smallStep, step } from '@/lib/db/step'
import { env } from '@/lib/env'
import { ended } from '@/lib/mail/outbox'
import { appPolicy, mailPolicy, retention, sessionPolicy } from '@/lib/policy'
import { eachByItself } from '@/lib/worker/each-by-itself'
import { eraseClosedAccounts } from '@/lib/worker/erasure'

/** How many statements of a kind a round makes. */
const mostSteps = 50

const [mail, event, notice, id] = [
  Prisma.sql`"Mail"`,
  Prisma.sql`"Event"`,
  Prisma.sql`"AppNotice"`,
  Prisma.sql`"id"`,
] as const

/**
 * Removes what has been kept long enough: how long is said in `lib/policy.ts`. Each statement stands alone and is harmless to repeat or to run twice
 * at once. Of a backlog beyond a hundred thousand rows of a kind the next round removes the rest. Throws when a kind could not be removed, once
 * all others were.
 */
export async function purge(): Promise<void> {
  const client = await db()
  const statements = [
    abandoned(Prisma.sql`"template" IS NULL AND "kind" IN ('sign_up', 'verification', 'password_reset', 'address_change')
      AND "createdAt" < ${ago(retention.undecidedClaimSeconds)}`),
    // Whoever takes it up ends it, but in a long trouble, or where no release can read it, nobody does.
    abandoned(
      Prisma.sql`"createdAt" < ${ago(mailPolicy.usefulSeconds.notice)} AND coalesce("leasedUntil" <= now(), true)`,
    ),
    // A release before this one ends a mail without wiping what this one kept for its attempts.
    Prisma.sql`UPDATE "Mail" SET "message" = NULL
      WHERE ${some(mail, id, Prisma.sql`"finishedAt" > now() - interval '1 day' AND "message" IS NOT NULL`)}`,
    oldest(mail, id, Prisma.sql`"finishedAt"`, ago(retention.finishedMailSeconds)),
    oldest(Prisma.sql`"AppToken"`, Prisma.sql`"tokenHash"`, Prisma.sql`"expiresAt"`, Prisma.sql`now()`),
    // Whoever tells an application ends it. Nobody does for one that is named no more, nor where none listens.
    unheard(Prisma.sql`NOT "app" = ANY(${env().apps.map((app) => app.id)})`, 2 * appPolicy.notices.givenUpSeconds),
    ...(listeningApps().length > 0 ? [] : [unheard(Prisma.sql`"app" IS NULL`, appPolicy.notices.unheardSeconds)]),
    oldest(Prisma.sql`"RateLimit"`, Prisma.sql`"key"`, Prisma.sql`"endsAt"`, Prisma.sql`now()`),
    oldest(Prisma.sql`"WebhookReceipt"`, id, Prisma.sql`"receivedAt"`, ago(retention.webhookReceiptSeconds)),
    oldest(event, id, Prisma.sql`"at"`, ago(retention.eventSeconds)),
    oldest(Prisma.sql`"PendingSignUp"`, id, Prisma.sql`"createdAt"`, ago(retention.pendingSignUpSeconds)),
    // A release before this one may have written digests after the migration that wiped them.
    Prisma.sql`UPDATE "Event" SET "subject" = NULL WHERE ${some(event, id, Prisma.sql`"subject" IS NOT NULL`)}`,
  ]
  // Nobody can take up again what is over, or was not used for so long. Each may write notices to many applications.
  const endedSessions = (at: Prisma.Sql, before: Prisma.Sql) => () =>
    inSteps(
      () => client.$executeRaw(oldest(Prisma.sql`"Session"`, Prisma.sql`"tokenHash"`, at, before, smallStep.limit)),
      smallStep.rows,
    )
  await eachByItself([
    ...statements.map((statement) => () => inSteps(() => client.$executeRaw(statement))),
    endedSessions(Prisma.sql`"expiresAt"`, Prisma.sql`now()`),
    endedSessions(Prisma.sql`"lastSeenAt"`, ago(sessionPolicy.idleSeconds)),
    () => inSteps(() => deleteDeadTokens(client)),
    () => inSteps(() => deleteFormerDetails(client)),
    eraseClosedAccounts,
  ])
}

/** Until a statement finds fewer than it may take. */
async function inSteps(take: () => Promise<number>, rows: number = step.rows): Promise<void> {
  for (let made = 0; made < mostSteps; made += 1) if ((await take()) < rows) return
}

/** Ends mails that wait, and wipes what they held. */
function abandoned(those: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE "Mail" SET "state" = 'abandoned', ${ended}
    WHERE ${some(mail, id, Prisma.sql`"state" = 'waiting' AND ${those}`)}`
}

/** Removes notices after so long. */
function unheard(those: Prisma.Sql, seconds: number): Prisma.Sql {
  return Prisma.sql`DELETE FROM "AppNotice"
    WHERE ${some(notice, id, Prisma.sql`${those} AND "createdAt" < ${ago(seconds)} ORDER BY "createdAt"`)}`
}

/** Removes rows of a table by a time that is over, the oldest first, so that they are found by the index of that time however many there are. */
function oldest(
  table: Prisma.Sql,
  key: Prisma.Sql,
  at: Prisma.Sql,
  before: Prisma.Sql,
  limit: Prisma.Sql = step.limit,
): Prisma.Sql {
  return Prisma.sql`DELETE FROM ${table} WHERE ${some(table, key, Prisma.sql`${at} < ${before} ORDER BY ${at}`, limit)}`
}

/** Of the rows that something is true of as many as one statement takes, and none that somebody holds. */
function some(table: Prisma.Sql, key: Prisma.Sql, isTrue: Prisma.Sql, limit: Prisma.Sql = step.limit): Prisma.Sql {
  return Prisma.sql`${key} IN (SELECT ${key} FROM ${table} WHERE ${isTrue} ${limit} FOR UPDATE SKIP LOCKED)`
}
