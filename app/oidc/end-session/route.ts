import { logOut } from '@/lib/accounts/log-out'
import { hasApps } from '@/lib/apps/apps'
import { readLogOutRequest, withoutProof } from '@/lib/apps/log-out-request'
import { isReachedBy } from '@/lib/apps/records'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { kickAfterAnswer } from '@/lib/http/kick'
import { leadToQuery } from '@/lib/http/lead-to-query'

export { leadToQuery as POST }

/**
 * Signs out whoever an application sends here: at once where it proves that it is this very session, else after asking. It leads back to
 * the application, or to the sign-in page, which says so.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasApps()) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const { searchParams } = new URL(request.url)
  const { app, appSessionId, to } = await readLogOutRequest(searchParams)
  const token = await readCookie('session')
  const isReached = token === null ? null : await isReachedBy(token, appSessionId)
  if (isReached === false)
    return lead(`/log-out?${new URLSearchParams({ next: `oidc/end-session?${withoutProof(searchParams, app)}` })}`)
  if (token !== null) {
    await logOut(token)
    await clearCookie('session')
    await kickAfterAnswer()
  }
  return lead(to ?? '/login?signed-out=here')
}

function lead(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
