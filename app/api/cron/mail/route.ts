import { createHash, timingSafeEqual } from 'node:crypto'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { upkeep } from '@/lib/accounts/upkeep'
import { env } from '@/lib/env'

/** The sweep of a serverless deployment, called by its scheduler with the bearer CRON_SECRET. */
export async function GET(request: Request): Promise<Response> {
  const { cronSecret } = env()
  const claimed = request.headers.get('authorization') ?? ''
  if (cronSecret === null || !timingSafeEqual(digest(claimed), digest(`Bearer ${cronSecret}`))) {
    return Response.json({ error: 'unauthorized' }, { status: 401, headers: { 'cache-control': 'no-store' } })
  }
  const taken = await deliverDueMail()
  await upkeep()
  return Response.json({ taken }, { headers: { 'cache-control': 'no-store' } })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
