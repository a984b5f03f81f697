import { hasApps } from '@/lib/apps/apps'
import { readLogOutRequest, withoutProof } from '@/lib/apps/log-out-request'
import { isReachedBy } from '@/lib/apps/records'
import { bareAnswer } from '@/lib/http/bare-answer'
import { readCookie } from '@/lib/http/cookies'
import { kickAfterAnswer } from '@/lib/http/kick'
import { lead } from '@/lib/http/lead'
import { leadToQuery } from '@/lib/http/lead-to-query'
import { signOut } from '@/lib/http/sign-out'

export { leadToQuery as POST }

/**
 * Signs out whoever an application sends here: at once where it proves that it is this very session, else after asking. It leads back to
 * the application, or to the sign-in page, which says so.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasApps()) return bareAnswer(404)
  const { searchParams } = new URL(request.url)
  const { app, appSessionId, to } = await readLogOutRequest(searchParams)
  const token = await readCookie('session')
  const isReached = token === null ? null : await isReachedBy(token, appSessionId)
  if (isReached === false)
    return lead(`/log-out?${new URLSearchParams({ next: `oidc/end-session?${withoutProof(searchParams, app)}` })}`)
  if (token !== null) {
    await signOut()
    await kickAfterAnswer()
  }
  return lead(to ?? '/login?signed-out=here')
}
