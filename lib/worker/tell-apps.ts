import { findApp } from '@/lib/apps/apps'
import { ask, db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { appPolicy } from '@/lib/policy'

const { leaseSeconds, timeoutMs, batchSize, againSeconds, backoffSeconds, givenUpSeconds } = appPolicy.notices

type Notice = {
  id: string
  app: string
  accountId: string
  appSessionId: string
  attempts: number
  isOld: boolean
  toldAt: Date | null
}

/**
 * Tells applications that sessions in them are over, each at once and once more after a minute. Safe to run in many processes at once
 * and to be killed anywhere: what an application was not told, or whether it was, is told again when the lease is over.
 */
export async function tellApps(): Promise<void> {
  if (env().apps.length === 0) return
  for (;;) {
    const notices = await lease()
    await Promise.all(notices.map(tell))
    if (notices.length < batchSize) return
  }
}

function lease(): Promise<Notice[]> {
  return ask<Notice>(Prisma.sql`
    UPDATE "AppNotice" SET "leasedUntil" = now() + ${leaseSeconds}::int * interval '1 second', "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT "id" FROM "AppNotice" WHERE "nextAttemptAt" <= now() AND coalesce("leasedUntil" <= now(), true)
      ORDER BY "nextAttemptAt" LIMIT ${batchSize}::int FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "app", "accountId", "appSessionId", "attempts", "toldAt", "createdAt" < now() - ${givenUpSeconds}::int * interval '1 second' AS "isOld"`)
}

async function tell(notice: Notice): Promise<void> {
  const { id, app: name, accountId, appSessionId, attempts, toldAt, isOld } = notice
  const app = findApp(name)
  const uri = app?.backchannel_logout_uri
  const client = await db()
  if (!uri || (toldAt !== null && attempts > 5)) {
    await client.appNotice.deleteMany({ where: { id } })
    return
  }
  // What signs is not loaded where there is nobody to tell.
  const { logOutToken } = await import('@/lib/apps/log-out-token')
  const reason = await post(uri, await logOutToken(name, accountId, appSessionId))
  if (reason === null) {
    logEvent('app_told', { app: name, attempts })
    if (toldAt === null)
      await client.$executeRaw`
        UPDATE "AppNotice" SET "toldAt" = now(), "leasedUntil" = NULL, "attempts" = 0, "nextAttemptAt" = now() + ${againSeconds}::int * interval '1 second'
        WHERE "id" = ${id}::uuid`
    else await client.appNotice.deleteMany({ where: { id } })
    return
  }
  logEvent(isOld ? 'app_not_told' : 'app_tried', { app: name, reason, attempts })
  if (isOld) {
    await client.appNotice.deleteMany({ where: { id } })
    return
  }
  const wait = backoffSeconds[attempts - 1] ?? backoffSeconds.at(-1) ?? 0
  await client.$executeRaw`
    UPDATE "AppNotice" SET "leasedUntil" = NULL, "nextAttemptAt" = now() + ${wait}::float8 * (0.8 + random() * 0.4) * interval '1 second'
    WHERE "id" = ${id}::uuid`
}

/** Null when the application took it; else why not. */
async function post(uri: string, token: string): Promise<string | null> {
  try {
    const answer = await fetch(uri, {
      method: 'POST',
      redirect: 'error',
      body: new URLSearchParams({ logout_token: token }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    return answer.ok ? null : `http_${answer.status}`
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'timeout' : 'network'
  }
}
