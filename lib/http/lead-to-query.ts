import { hasApps } from '@/lib/apps/apps'
import { bareAnswer } from '@/lib/http/bare-answer'
import { lead } from '@/lib/http/lead'
import { maxBodyBytes, readBytes } from '@/lib/http/read-bytes'

/**
 * Leads what a form of an application posts to the same address with it as a query: from another site a browser sends our cookie
 * only there. 404 where no application is named, 400 for what is no such form.
 */
export async function leadToQuery(request: Request): Promise<Response> {
  if (!hasApps()) return bareAnswer(404)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')
  const body = isForm && (await readBytes(request.body, maxBodyBytes))
  if (!body) return bareAnswer(400)
  const query = new URLSearchParams(Buffer.from(body).toString())
  return lead(`${new URL(request.url).pathname}?${query}`)
}
