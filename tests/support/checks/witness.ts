import type { BrowserContext, Response as BrowserResponse, Request } from '@playwright/test'
import { canonicalEmail } from '@/lib/accounts/canonical'
import { judgeClasses } from '@/lib/accounts/passwords/rule'

export type Kind = 'password' | 'token' | 'address' | 'name'

/** What the tests of this worker typed and were given, so that it can be searched for where it must not be. */
export const secrets = new Map<string, Kind>()

/** What they were shown: whole answers of pages, and to what. */
export const shown: { method: string; path: string; body: string }[] = []

/** Keeps the secrets of a submission, sent with or without scripts. */
export function noteFields(fields: Iterable<[string, unknown]>): void {
  for (const [name, value] of fields) {
    if (typeof value !== 'string') continue
    const kind = kindOf(name.replace(/^_1_/, ''), value)
    if (kind) secrets.set(value, kind)
  }
}

/** Keeps the tokens in a text, such as a cookie or a link. */
export function noteTokens(text: string): void {
  for (const [token] of text.matchAll(/(?<![\w-])[\w-]{43}(?![\w-])/g)) secrets.set(token, 'token')
}

/** Keeps all that a browser sends and is shown. Await the result of what is returned, at the end. */
export function watch(context: BrowserContext): () => Promise<unknown> {
  const open: Promise<void>[] = []
  context.on('request', (request) => open.push(noteRequest(request).catch(() => {})))
  context.on('response', (response) => open.push(noteResponse(response).catch(() => {})))
  return () => Promise.all(open)
}

/** A file of the build is older than any secret. */
function isBuilt(url: string): boolean {
  return new URL(url).pathname.startsWith('/_next/static/')
}

async function noteRequest(request: Request): Promise<void> {
  if (isBuilt(request.url())) return
  if (/\/(verify-email|reset-password|new-email|not-me)\//.test(request.url())) noteTokens(request.url())
  const body = request.postDataBuffer()
  const headers = { 'content-type': (await request.headerValue('content-type')) ?? '' }
  if (body) noteFields(await new Response(new Uint8Array(body), { headers }).formData())
}

async function noteResponse(response: BrowserResponse): Promise<void> {
  if (isBuilt(response.url())) return
  for (const cookie of await response.headerValues('set-cookie')) noteTokens(cookie)
  const isPage = /html|x-component/.test((await response.headerValue('content-type')) ?? '')
  const { pathname: path } = new URL(response.url())
  if (isPage) shown.push({ method: response.request().method(), path, body: await response.text() })
}

/** Only strong passwords: others may be found anywhere. */
function kindOf(field: string, value: string): Kind | null {
  if (/password/i.test(field)) return judgeClasses(value).length === 0 ? 'password' : null
  if (['email', 'newEmail', 'identifier'].includes(field)) return canonicalEmail(value) ? 'address' : null
  return /^(first|last)Name$/.test(field) && value.length >= 5 ? 'name' : null
}
