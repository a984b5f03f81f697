import { createHmac } from 'node:crypto'
import type { App } from '@/lib/app-list'
import { env } from '@/lib/env'
import { appPolicy } from '@/lib/policy'

/** Something that an application is to be told: what became of an account, or of somebody's session in it. */
export type Notice = {
  /** The same until it is taken. */
  id: string
  kind: string
  accountId: string
  appSessionId: string | null
  happenedAt: Date
}

/** Where to and what to post. */
type NoticeRequest = { url: string; headers: Record<string, string>; body: string }

/**
 * A notice as the application hears it: the end of a session by its back-channel, or as a signed event where it has none; anything else as
 * a signed event. Null when it has no ear for it.
 */
export async function noticeRequest(app: App, notice: Notice): Promise<NoticeRequest | null> {
  const { backchannel_logout_uri: url } = app
  if (notice.appSessionId === null || !url) return eventRequest(app, notice)
  // What signs is not loaded where there is nobody to tell.
  const { logOutToken } = await import('@/lib/apps/log-out-token')
  const body = new URLSearchParams({ logout_token: await logOutToken(app.id, notice.accountId, notice.appSessionId) })
  return { url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(body) }
}

/** Null when the application took it; else why not. */
export async function postNotice({ url, headers, body }: NoticeRequest): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers,
      body,
      signal: AbortSignal.timeout(appPolicy.notices.timeoutMs),
    })
    await answer.body?.cancel()
    return answer.ok ? null : `http_${answer.status}`
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'timeout' : 'network'
  }
}

/** By the names of RISC 1.0 and CAEP 1.0, signed as Standard Webhooks 1.0 has it. It holds ids and no more. */
function eventRequest({ events_url, events_secret }: App, notice: Notice): NoticeRequest | null {
  if (!events_url || !events_secret) return null
  const { id, kind, accountId, appSessionId, happenedAt } = notice
  const profile = ['session-revoked', 'token-claims-change'].includes(kind) ? 'caep' : 'risc'
  const body = JSON.stringify({
    type: `https://schemas.openid.net/secevent/${profile}/event-type/${kind}`,
    timestamp: happenedAt.toISOString(),
    data: {
      subject: { format: 'iss_sub', iss: env().appUrl, sub: accountId },
      event_timestamp: Math.floor(happenedAt.getTime() / 1_000),
      ...(appSessionId !== null && { sid: appSessionId }),
    },
  })
  const now = Math.floor(Date.now() / 1_000)
  const key = Buffer.from(events_secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${now}.${body}`).digest('base64')
  return {
    url: events_url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(now),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  }
}
