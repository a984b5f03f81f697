import type { Failure, RecordedRequest } from '@/tests/support/resend/protocol'

/** What the fake Resend does with one request. */
export type Behaviour =
  | { kind: 'ok' }
  /** Accepts the mail after the delay, whether or not the sender still waits. */
  | { kind: 'delay'; ms: number }
  /** Never answers and never accepts. */
  | { kind: 'hang' }
  /** Accepts at once, then answers one byte every `ms`. */
  | { kind: 'trickle'; ms: number }
  /** Accepts, then resets the connection instead of answering. */
  | { kind: 'accept_then_destroy' }
  | { kind: 'fail'; failure: Failure }

/** One behaviour for every request, a queue (then all is well again), or a choice per request, counted from 0. */
export type Script = Behaviour | Behaviour[] | ((request: RecordedRequest, index: number) => Behaviour)

/** Behaviours by name, for `behave(behaviours.rateLimited(7))`. Delays are in milliseconds, `retry-after` in seconds. */
export const behaviours = {
  ok: { kind: 'ok' },
  hang: { kind: 'hang' },
  acceptThenDestroy: { kind: 'accept_then_destroy' },
  delay: (ms: number): Behaviour => ({ kind: 'delay', ms }),
  trickle: (ms: number): Behaviour => ({ kind: 'trickle', ms }),
  serverError: fail(500, 'internal_server_error', 'An unexpected error occurred.'),
  rateLimited: (retryAfter: number) => fail(429, 'rate_limit_exceeded', 'Too many requests.', retryAfter),
  dailyQuotaExceeded: fail(429, 'daily_quota_exceeded', 'You have reached your daily email sending quota.'),
  invalid: fail(422, 'validation_error', 'Invalid `to` field.'),
} as const

/** Turns a script into the choice per request. */
export function chooser(script: Script): (request: RecordedRequest, index: number) => Behaviour {
  if (typeof script === 'function') return script
  if (!Array.isArray(script)) return () => script
  const queue = [...script]
  return () => queue.shift() ?? behaviours.ok
}

function fail(status: number, name: string, message: string, retryAfter?: number): Behaviour {
  return { kind: 'fail', failure: { status, name, message, ...(retryAfter === undefined ? {} : { retryAfter }) } }
}
