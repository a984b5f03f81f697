import type { App } from '@/lib/app-list'
import { type Notice, type NoticeRequest, noticeRequest } from '@/lib/apps/notices'
import { ask, db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { logError, logEvent } from '@/lib/log'
import { appPolicy } from '@/lib/policy'

const { leaseSeconds, timeoutMs, batchSize, roundMs, againSeconds, againTries, backoffSeconds, givenUpSeconds } =
  appPolicy.notices

type Leased = Notice & { app: string; attempts: number; isOld: boolean; toldAt: Date | null }

/**
 * Tells applications what became of accounts and of sessions in them; the end of a session at once and once more after a minute. None
 * waits for another. Safe to run in many processes at once and to be killed anywhere: what an application was not told, or perhaps was,
 * is told when the lease is over.
 */
export async function tellApps(): Promise<void> {
  const { apps } = env()
  if (apps.length === 0) return
  const listening = apps.filter(({ events_url }) => events_url).map(({ id }) => id)
  if (listening.length > 0) await handOut(listening)
  const leased = await lease(apps.map(({ id }) => id))
  await Promise.all(
    apps.map((app) =>
      tellAll(
        app,
        leased.filter((notice) => notice.app === app.id),
      ),
    ),
  )
}

/** Of what is for each that listens, makes one for each. */
async function handOut(apps: string[]): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    WITH "shared" AS (
      DELETE FROM "AppNotice" WHERE "id" IN (SELECT "id" FROM "AppNotice" WHERE "app" IS NULL LIMIT 1000 FOR UPDATE SKIP LOCKED)
      RETURNING "kind", "accountId", "createdAt"
    )
    INSERT INTO "AppNotice" ("app", "kind", "accountId", "createdAt")
    SELECT "name", "kind", "accountId", "createdAt" FROM "shared" CROSS JOIN unnest(${apps}::text[]) AS apps ("name")`
}

/** The oldest that are due, as many of each application as one batch holds. */
function lease(apps: string[]): Promise<Leased[]> {
  return ask<Leased>(Prisma.sql`
    UPDATE "AppNotice" SET "leasedUntil" = now() + ${leaseSeconds}::int * interval '1 second', "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT due."id" FROM unnest(${apps}::text[]) AS apps ("name") CROSS JOIN LATERAL (
        SELECT "id" FROM "AppNotice"
        WHERE "app" = "name" AND "nextAttemptAt" <= now() AND coalesce("leasedUntil" <= now(), true)
        ORDER BY "nextAttemptAt" LIMIT ${batchSize}::int FOR UPDATE SKIP LOCKED
      ) AS due
    )
    RETURNING "id", "app", "kind", "accountId", "appSessionId", "attempts", "toldAt", "createdAt" AS "happenedAt",
      "createdAt" < now() - ${givenUpSeconds}::int * interval '1 second' AS "isOld"`)
}

/** Goes on while all of a full batch is taken, for a few seconds; the next sweep does the rest, so that who is slow delays nobody. */
async function tellAll(app: App, first: Leased[]): Promise<void> {
  const endsAt = performance.now() + roundMs
  for (let notices = first; notices.length > 0; notices = await lease([app.id])) {
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
  const reason = typeof request === 'string' ? 'unsigned' : request && (await post(request))
  if (request && reason === null) logEvent('app_told', { app: app.id, kind, attempts })
  if (reason === null) {
    if (request && appSessionId !== null && app.backchannel_logout_uri && toldAt === null) await tellAgain(id)
    else await end()
    return true
  }
  const said = { app: app.id, kind, reason, attempts }
  if (isOld) logEvent('app_not_told', said)
  else logEvent('app_tried', said)
  if (isOld || (toldAt !== null && attempts >= againTries)) await end()
  else await postpone(id, attempts)
  return false
}

async function tellAgain(id: string): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "AppNotice" SET "toldAt" = now(), "leasedUntil" = NULL, "attempts" = 0, "nextAttemptAt" = now() + ${againSeconds}::int * interval '1 second'
    WHERE "id" = ${id}::uuid`
}

async function postpone(id: string, attempts: number): Promise<void> {
  const wait = backoffSeconds[attempts - 1] ?? backoffSeconds.at(-1) ?? 0
  const client = await db()
  await client.$executeRaw`
    UPDATE "AppNotice" SET "leasedUntil" = NULL, "nextAttemptAt" = now() + ${wait}::float8 * (0.8 + random() * 0.4) * interval '1 second'
    WHERE "id" = ${id}::uuid`
}

/** Null when the application took it; else why not. */
async function post({ url, headers, body }: NoticeRequest): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    return answer.ok ? null : `http_${answer.status}`
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'timeout' : 'network'
  }
}
