import { type ErrorResponse, Resend } from 'resend'
import type { Fault, Message, SendOutcome } from '@/lib/mail/letter'
import { mailPolicy } from '@/lib/policy'

type Settings = { apiKey: string; baseUrl: string | null; key: string; timeoutMs?: number }
type AnswerHeaders = Record<string, string> | null

const quotaWaitSeconds = 3600

/**
 * Sends one mail by Resend's API under the idempotency key `key`, which Resend honours for 24 hours. Never throws:
 * - `retry`: whatever the service answers, or does not. If it may have been accepted, the same mail again is delivered once.
 * - `refused` / `payload_drift`: a mail with this key and another content was accepted before. The person has that one,
 *   its provider id is unknown here, and somebody should learn why two attempts differed.
 * - `refused` / `invalid`: Resend will never accept this recipient.
 */
export async function sendByResend({ id: _, ...message }: Message, settings: Settings): Promise<SendOutcome> {
  const { apiKey, baseUrl, key, timeoutMs = mailPolicy.sendTimeoutMs } = settings
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const resend = new Resend(apiKey, baseUrl === null ? {} : { baseUrl })
    // Not `emails.send`, which would put the parts in an order of its own, and another release of it in another one.
    const { data, error, headers } = await resend.post<{ id?: unknown } | null>('/emails', message, {
      idempotencyKey: key,
      signal,
    })
    if (isId(data?.id)) return { outcome: 'sent', providerId: data.id }
    if (signal.aborted) return later('unavailable', 'timeout')
    return error ? judge(error, headers) : later('unavailable', 'bad_answer', headers)
  } catch {
    return later('unavailable', signal.aborted ? 'timeout' : 'network')
  }
}

/** Resend's are UUIDs. It is kept, under an index, and shown to operators. */
function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[\w.-]{1,100}$/.test(id)
}

/**
 * By the error's name, then by the status that the body says: a firewall's own page may say nothing, and then nothing is
 * known. Only two answers end a mail. All else keeps it: Resend says 400 and 401 to a dead key, 403 to a domain that is not
 * verified, 422 to a bad sender, 451 when it distrusts the account, under names that it changes.
 */
function judge({ name, statusCode: status, message }: Partial<ErrorResponse>, headers: AnswerHeaders): SendOutcome {
  if (name === 'invalid_idempotent_request') return { outcome: 'refused', reason: 'payload_drift' }
  if (name === 'concurrent_idempotent_requests') return { ...later('unavailable', 'concurrent', headers), fault: null }
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') {
    return { ...later('quota', name), afterSeconds: Math.max(quotaWaitSeconds, retryAfter(headers, 86_400)) }
  }
  if (typeof status !== 'number') return later('unavailable', status === null ? 'network' : 'bad_answer', headers)
  if ((status === 400 || status === 422) && isOfRecipient(message)) return { outcome: 'refused', reason: 'invalid' }
  return later(faultBy(status), reasonOf(name, status), headers)
}

/** Of all that a mail is made of only the recipient is its own: a fault of the sender or of a header is one of every mail. */
function isOfRecipient(message: unknown): boolean {
  return typeof message === 'string' && /`to`|\brecipient\b/i.test(message) && !/`from`/i.test(message)
}

function faultBy(status: number): Fault {
  if (status === 429) return 'busy'
  return status >= 400 && status < 500 && status !== 408 && status !== 409 ? 'refused' : 'unavailable'
}

/** Resend's name of the error, if it is one in form, never its message. `application_error` is also the SDK's word for a page. */
function reasonOf(name: unknown, status: number): string {
  const isName = typeof name === 'string' && /^(?=.{1,40}$)[a-z]+(_[a-z]+)+$/.test(name) && name !== 'application_error'
  return isName ? name : `http_${/^\d{3}$/.test(String(status)) ? status : 'other'}`
}

function later(fault: Fault, reason: string, headers: AnswerHeaders = null) {
  const afterSeconds = retryAfter(headers)
  return { outcome: 'retry' as const, reason, fault, ...(afterSeconds > 0 && { afterSeconds }) }
}

/** Whole seconds, at most `most`, an hour: what is mended should be found out; 0 when absent or not a number of seconds. */
function retryAfter(headers: AnswerHeaders, most = 3_600): number {
  const value = headers?.['retry-after'] ?? ''
  return /^\d{1,9}$/.test(value) ? Math.min(Number(value), most) : 0
}
