import { checkDatabase } from '@/lib/db/readiness'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest, logError, logEvent } from '@/lib/log'
import { mailTrouble } from '@/lib/mail/trouble'

/**
 * 200 when the service can do its work, else 503; in both cases what was looked at, each in a word. With `?without=mail` the
 * provider is left out: a release that brings a right key must come up beside the refusals of the wrong one.
 */
export async function GET(request: Request): Promise<Response> {
  const { checks: ofDatabase, error } = await checkDatabase()
  const isWithoutMail = new URL(request.url).searchParams.get('without') === 'mail'
  const checks = { ...ofDatabase, ...(!isWithoutMail && { mail: await checkMail() }) }
  const failed = Object.entries(checks).filter(([, state]) => state !== 'ok')
  inRequest(requestIdOf(request.headers), () => {
    if (error) logError('not_ready', error)
    else if (failed.length > 0) logEvent('not_ready', Object.fromEntries(failed))
  })
  const status = failed.length > 0 ? 'unavailable' : 'ok'
  return Response.json(
    { status, checks },
    { status: status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}

async function checkMail(): Promise<'ok' | 'refused' | 'unknown'> {
  try {
    return (await mailTrouble()) ? 'refused' : 'ok'
  } catch {
    return 'unknown'
  }
}
