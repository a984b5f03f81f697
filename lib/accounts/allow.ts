import { type AuditDetail, recordEvent } from '@/lib/audit'
import { networksOf } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import { limits, networkShares } from '@/lib/limits'
import { type Counted, type Refusal, refuse } from '@/lib/rate-limit'
import { fail, ok, type Result } from '@/lib/result'

type Limit = keyof typeof limits

/** Counts one use by `subject` of what the policy limits. Beyond the limit it is refused, and the first in a window recorded. */
export async function allow(
  client: Db,
  limit: Limit,
  subject: string,
  detail: AuditDetail = {},
): Promise<Result<undefined, 'too_many_requests'>> {
  return (await refuseRecorded(client, limit, [{ subject, windows: limits[limit] }], detail))
    ? fail('too_many_requests')
    : ok()
}

/** The same for a caller's network and, in IPv6, for the wider ones that it is part of, which may do a little more. */
export async function allowNetwork(
  client: Db,
  limit: Limit,
  network: string,
): Promise<Result<undefined, 'too_many_requests'>> {
  const counted = networksOf(network).map((subject, index) => ({
    subject,
    windows: limits[limit].map(({ max, seconds }) => ({ max: max * (networkShares[index] ?? 1), seconds })),
  }))
  return (await refuseRecorded(client, limit, counted, { network })) ? fail('too_many_requests') : ok()
}

/** Counts as `refuse` does, and records the first refusal of a window: of many the rest would say nothing new. */
export async function refuseRecorded(
  client: Db,
  limit: Limit,
  counted: Counted[],
  detail: AuditDetail,
): Promise<Refusal> {
  const refusal = await refuse(client, limit, counted)
  if (refusal?.isFirst) await recordEvent(client, 'excess_rate_limit_exceeded', { via: limit, ...detail })
  return refusal
}
