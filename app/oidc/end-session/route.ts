import { logOut } from '@/lib/accounts/log-out'
import { hasApps } from '@/lib/apps/apps'
import { readLogOutRequest } from '@/lib/apps/log-out-request'
import { leadToQuery } from '@/lib/apps/posted'
import { isReachedBy } from '@/lib/apps/records'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { kickAfterAnswer } from '@/lib/http/kick'

export { leadToQuery as POST }

/**
 * Signs out whoever an application sends here: at once where it proves that it is this very session, else after asking. It leads back to
 * the application, or to the sign-in page, which says so.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasApps()) return new Response(null, { status: 404 })
  const { search, searchParams } = new URL(request.url)
  const { appSessionId, to } = await readLogOutRequest(searchParams)
  const token = await readCookie('session')
  if (token !== null) {
    if (appSessionId === null || !(await isReachedBy(token, appSessionId)))
      return lead(`/log-out?${new URLSearchParams({ next: `oidc/end-session${search}` })}`)
    await logOut(token)
    await clearCookie('session')
    await kickAfterAnswer()
  }
  return lead(to ?? '/login?signed-out=here')
}

function lead(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
