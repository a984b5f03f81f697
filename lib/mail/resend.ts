import { type ErrorResponse, Resend } from 'resend'
import { mailPolicy } from '@/lib/accounts/policy'
import type { OutgoingMail } from '@/lib/mail/letter'
import type { Delivery } from '@/lib/mail/transport'

type Settings = { apiKey: string; baseUrl: string | null; timeoutMs?: number }
type AnswerHeaders = Record<string, string> | null

const quotaWaitSeconds = 3600

/**
 * Sends one mail by Resend's API under the idempotency key `mail-<id>`, which Resend honours for 24 hours. Never throws:
 * - `retry`: it may or may not have been accepted; the same mail again is delivered once. `quota`: not within the hour.
 * - `refused` / `payload_drift`: a mail with this id and another content was accepted before. The person has that one,
 *   its provider id is unknown here, and somebody should learn why two attempts differed.
 * - `refused` otherwise: Resend will never accept this mail as it is.
 */
export async function sendByResend(mail: OutgoingMail, settings: Settings): Promise<Delivery> {
  const { id, from, to, subject, html, text } = mail
  const signal = AbortSignal.timeout(settings.timeoutMs ?? mailPolicy.sendTimeoutMs)
  try {
    const resend = new Resend(settings.apiKey, settings.baseUrl === null ? {} : { baseUrl: settings.baseUrl })
    const { data, error, headers } = await resend.emails.send(
      { from, to, subject, html, text, headers: headersOf(id) },
      { idempotencyKey: `mail-${id}`, signal },
    )
    if (data?.id) return { outcome: 'sent', providerId: data.id }
    if (signal.aborted) return { outcome: 'retry', reason: 'timeout' }
    return error ? judge(error, headers) : { outcome: 'retry', reason: 'bad_answer' }
  } catch {
    return { outcome: 'retry', reason: signal.aborted ? 'timeout' : 'network' }
  }
}

/** For machines that would answer (RFC 3834, Exchange) and for Gmail, which folds mails that look the same into one. */
function headersOf(id: string): Record<string, string> {
  return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'X-Entity-Ref-ID': id }
}

/** `statusCode` is what the body says: a proxy's own error page may say nothing, and then nothing is known. */
function judge({ name, statusCode }: ErrorResponse, headers: AnswerHeaders): Delivery {
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') {
    return { outcome: 'retry', reason: 'quota', afterSeconds: Math.max(quotaWaitSeconds, retryAfter(headers)) }
  }
  if (name === 'invalid_idempotent_request') return { outcome: 'refused', reason: 'payload_drift' }
  if (name === 'concurrent_idempotent_requests') return later('concurrent', headers)
  if (statusCode === null) return later('network', headers)
  if (statusCode === 429) return later('rate_limited', headers)
  if (statusCode === 400 || statusCode === 422) return { outcome: 'refused', reason: 'invalid' }
  if (statusCode > 400 && statusCode < 500 && statusCode !== 408) {
    return { outcome: 'refused', reason: `http_${statusCode}` }
  }
  return later(statusCode >= 408 ? `http_${statusCode}` : 'bad_answer', headers)
}

function later(reason: string, headers: AnswerHeaders): Delivery {
  const afterSeconds = retryAfter(headers)
  return afterSeconds > 0 ? { outcome: 'retry', reason, afterSeconds } : { outcome: 'retry', reason }
}

/** Whole seconds, at most a day; 0 when absent or not a number of seconds. */
function retryAfter(headers: AnswerHeaders): number {
  const value = headers?.['retry-after'] ?? ''
  return /^\d{1,9}$/.test(value) ? Math.min(Number(value), 86_400) : 0
}
