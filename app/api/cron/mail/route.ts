import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest, logError } from '@/lib/log'
import { flushTelemetry } from '@/lib/telemetry'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { deliverSoon } from '@/lib/worker/kick'
import { tellApps } from '@/lib/worker/tell-apps'
import { upkeep } from '@/lib/worker/upkeep'

export { sweep as GET, sweep as POST }

/**
 * Upkeep and sweep of a deployment as functions, called by its scheduler or an outside one with the bearer CRON_SECRET; with
 * `?kick` by the functions themselves after a submission, and then without upkeep.
 */
async function sweep(request: Request): Promise<Response> {
  const { cronSecret } = env()
  const claimed = request.headers.get('authorization') ?? ''
  if (cronSecret === null || !timingSafeEqual(digest(claimed), digest(`Bearer ${cronSecret}`))) {
    return answer({ error: 'unauthorized' }, 401)
  }
  return inRequest(requestIdOf(request.headers), async () => {
    const isKick = new URL(request.url).searchParams.has('kick')
    if (!isKick) await upkeep().catch((error: unknown) => logError('sweep_failed', error))
    const taken = await (isKick ? deliverSoon() : sweepAll())
    await flushTelemetry()
    return isKick ? answer(null, 204) : answer({ taken }, 200)
  })
}

async function sweepAll(): Promise<number> {
  const [taken] = await Promise.all([
    deliverDueMail(),
    tellApps().catch((error: unknown) => logError('sweep_failed', error)),
  ])
  return taken
}

function answer(said: object | null, status: number): Response {
  const init = { status, headers: { 'cache-control': 'no-store' } }
  return said === null ? new Response(null, init) : Response.json(said, init)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
