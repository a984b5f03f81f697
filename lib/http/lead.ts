import { bareAnswer } from '@/lib/http/bare-answer'
import { logEvent } from '@/lib/log'
import { isTooLong } from '@/lib/long-address'

/** Leads whoever comes from an application on (303), or to the page which says that this cannot be answered. */
export function lead(address: string): Response {
  if (!isTooLong(address)) return bareAnswer(303, { location: address })
  logEvent('app_refused', { app: null, error: 'invalid_request', reason: 'too long' })
  return bareAnswer(303, { location: '/app-problem' })
}
