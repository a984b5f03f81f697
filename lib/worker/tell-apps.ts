import type { App } from '@/lib/app-list'
import { hasApps, listeningApps } from '@/lib/apps/apps'
import { type Notice, noticeRequest, postNotice } from '@/lib/apps/notices'
import { ask, db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { logError, logEvent } from '@/lib/log'
import { appPolicy } from '@/lib/policy'

const { leaseSeconds, batchSize, roundMs, againSeconds, againTries, backoffSeconds, givenUpSeconds } = appPolicy.notices

type Leased = Notice & { app: string; attempts: number; isOld: boolean; toldAt: Date | null }

/** What waits in a line of its own for an application, and which of it is told first. */
type Line = { those: Prisma.Sql; order: Prisma.Sql }

/** Whoever signs out now is not to wait for those of an outage. */
const ends: Line = {
  those: Prisma.sql`"appSessionId" IS NOT NULL AND "attempts" = 0`,
  order: Prisma.sql`"createdAt" DESC`,
}
const endsAgain: Line = {
  those: Prisma.sql`"appSessionId" IS NOT NULL AND "attempts" > 0`,
  order: Prisma.sql`"nextAttemptAt"`,
}
const events: Line = { those: Prisma.sql`"appSessionId" IS NULL`, order: Prisma.sql`"nextAttemptAt"` }

/**
 * Tells applications what became of accounts and of sessions in them; the end of a session at once and once more after a minute. None
 * waits for another, nor the end of a session for anything else, nor one that was never told for those that were. Safe to run in many
 * processes at once and to be killed anywhere: what an application was not told, or perhaps was, is told when the lease is over.
 */
export async function tellApps(): Promise<void> {
  if (!hasApps()) return
  const lines = [tellLine(ends), tellLine(endsAgain), handOut().then(() => tellLine(events))]
  for (const line of await Promise.allSettled(lines)) if (line.status === 'rejected') throw line.reason
}

/** Of what is for each that listens, makes one for each, in the place of one of the same kind and account that it has not taken. */
async function handOut(): Promise<void> {
  const apps = listeningApps()
  if (apps.length === 0) return
  const client = await db()
  await client.$executeRaw`
    WITH "shared" AS (
      DELETE FROM "AppNotice" WHERE "id" IN (
        SELECT "id" FROM "AppNotice" WHERE "app" IS NULL AND ${events.those} ORDER BY ${events.order} LIMIT 1000 FOR UPDATE SKIP LOCKED
      )
      RETURNING "kind", "accountId", "createdAt"
    )
    INSERT INTO "AppNotice" ("app", "kind", "accountId", "createdAt", "nextAttemptAt")
    SELECT "name", "kind", "accountId", "createdAt", "createdAt" FROM "shared" CROSS JOIN unnest(${apps}::text[]) AS apps ("name")
    ON CONFLICT ("app", "accountId", "kind") WHERE "appSessionId" IS NULL DO UPDATE SET "id" = excluded."id",
      "createdAt" = excluded."createdAt", "nextAttemptAt" = excluded."nextAttemptAt", "leasedUntil" = NULL, "attempts" = 0`
}

async function tellLine(line: Line): Promise<void> {
  const { apps } = env()
  const leased = await lease(
    line,
    apps.map(({ id }) => id),
  )
  await Promise.all(
    apps.map((app) =>
      tellAll(
        line,
        app,
        leased.filter((notice) => notice.app === app.id),
      ),
    ),
  )
}

/** The first of a line that are due, as many of each application as one batch holds. */
function lease({ those, order }: Line, apps: string[]): Promise<Leased[]> {
  return ask<Leased>(Prisma.sql`
    UPDATE "AppNotice" SET "leasedUntil" = now() + ${leaseSeconds}::int * interval '1 second', "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT due."id" FROM unnest(${apps}::text[]) AS apps ("name") CROSS JOIN LATERAL (
        SELECT "id" FROM "AppNotice"
        WHERE "app" = "name" AND ${those} AND "nextAttemptAt" <= now() AND coalesce("leasedUntil" <= now(), true)
        ORDER BY ${order} LIMIT ${batchSize}::int FOR UPDATE SKIP LOCKED
      ) AS due
    )
    RETURNING "id", "app", "kind", "accountId", "appSessionId", "attempts", "toldAt", "createdAt" AS "happenedAt",
      "createdAt" < now() - ${givenUpSeconds}::int * interval '1 second' AS "isOld"`)
}

/** Goes on while all of a full batch is taken, for a few seconds; the next sweep does the rest, so that who is slow delays nobody. */
async function tellAll(line: Line, app: App, first: Leased[]): Promise<void> {
  const endsAt = performance.now() + roundMs
  for (let notices = first; notices.length > 0; notices = await lease(line, [app.id])) {
    const taken = await Promise.all(notices.map((notice) => tell(app, notice)))
    if (taken.length < batchSize || !taken.every(Boolean) || performance.now() > endsAt) return
  }
}

/** Whether the application is done with it for now. */
async function tell(app: App, notice: Leased): Promise<boolean> {
  const { id, kind, appSessionId, attempts, toldAt, isOld } = notice
  const client = await db()
  const end = () => client.appNotice.deleteMany({ where: { id } })
  const request = await noticeRequest(app, notice).catch((error: unknown) => logError('app_notice_failed', error))
  const reason = typeof request === 'string' ? 'unsigned' : request && (await postNotice(request))
  if (request && reason === null) logEvent('app_told', { app: app.id, kind, attempts })
  if (reason === null) {
    if (request && appSessionId !== null && toldAt === null) await tellAgain(id)
    else await end()
    return true
  }
  const said = { app: app.id, kind, reason, attempts }
  if (isOld) logEvent('app_not_told', said)
  else logEvent('app_tried', said)
  if (isOld || (toldAt !== null && attempts > againTries)) await end()
  else await postpone(id, attempts)
  return false
}

/** Under another id, which nobody lets pass as one that they know. Of its attempts this begins anew. */
async function tellAgain(id: string): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "AppNotice" SET "id" = gen_random_uuid(), "toldAt" = now(), "leasedUntil" = NULL, "attempts" = 1,
      "nextAttemptAt" = now() + ${againSeconds}::int * interval '1 second'
    WHERE "id" = ${id}::uuid`
}

async function postpone(id: string, attempts: number): Promise<void> {
  const wait = backoffSeconds[attempts - 1] ?? backoffSeconds.at(-1) ?? 0
  const client = await db()
  await client.$executeRaw`
    UPDATE "AppNotice" SET "leasedUntil" = NULL, "nextAttemptAt" = now() + ${wait}::float8 * (0.8 + random() * 0.4) * interval '1 second'
    WHERE "id" = ${id}::uuid`
}
