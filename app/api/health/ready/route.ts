import { db } from '@/lib/db/client'
import { logError } from '@/lib/log'

/** 200 when the configuration holds and the migrated database answers, else 503. */
export async function GET(): Promise<Response> {
  try {
    const client = await db()
    await client.mail.count({ where: { id: '00000000-0000-0000-0000-000000000000' } })
    return answer('ok', 200)
  } catch (error) {
    logError('not_ready', error)
    return answer('unavailable', 503)
  }
}

function answer(status: string, code: number): Response {
  return Response.json({ status }, { status: code, headers: { 'cache-control': 'no-store' } })
}
