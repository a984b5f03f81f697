import { setTimeout as sleep } from 'node:timers/promises'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { type AuditDetail, recordEvent } from '@/lib/audit'
import { networksOf } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import { limits, networkShares, perTarget } from '@/lib/limits'
import { hashQueuePolicy } from '@/lib/policy'
import { type Counted, consume, giveBack, type Refusal, refuse } from '@/lib/rate-limit'
import { ok, type Result, type TooMany, tooMany } from '@/lib/result'
import { countUse, type Use } from '@/lib/targets'

type Limit = keyof typeof limits

/** Counts one use by `subject` of what the policy limits. Beyond the limit it is refused, and the first in a window recorded. */
export async function allow(
  client: Db,
  limit: Limit,
  subject: string,
  detail: AuditDetail = {},
): Promise<Result<undefined, never> | TooMany> {
  const refusal = await refuseRecorded(client, limit, [{ subject, windows: limits[limit] }], detail)
  return refusal ? tooMany(refusal.waitSeconds) : ok()
}

/** The same for a caller's network and, in IPv6, for the wider ones that it is part of, which may do a little more. */
export async function allowNetwork(
  client: Db,
  limit: Limit,
  network: string,
): Promise<Result<undefined, never> | TooMany> {
  const refusal = await refuseRecorded(client, limit, countedFor(limit, network), { network })
  return refusal ? tooMany(refusal.waitSeconds) : ok()
}

/** Takes back a use that `allowNetwork` allowed and that came to nothing. */
export function giveBackNetwork(client: Db, limit: Limit, network: string): Promise<void> {
  return giveBack(client, limit, countedFor(limit, network))
}

/**
 * The same for what a network does about an identifier or e-mail, known or not: what counts for the networks is about how many.
 * Returns the use, to be settled where it may turn out not to count. Throws BusyError when uses whose outcome is not
 * known yet take all the room for as long as a hash may wait, after a few looks.
 */
export async function allowTarget(
  client: Db,
  limit: keyof typeof perTarget,
  target: string,
  network: string,
): Promise<Result<Use, never> | TooMany> {
  const endsAt = performance.now() + hashQueuePolicy.maxWaitMs
  for (let pauseMs = 100; ; pauseMs *= 2) {
    const counted = await countUse(client, limit, target, perTarget[limit], countedFor(limit, network))
    if ('use' in counted) return ok(counted.use)
    const { isContended, waitSeconds } = counted.refusal
    if (!isContended) {
      const [{ seconds }] = limits[limit]
      const isFirst = await consume(client, `${limit}_refused`, network, [{ max: 1, seconds }])
      if (isFirst) await recordEvent(client, 'excess_rate_limit_exceeded', { via: limit, network })
      return tooMany(waitSeconds)
    }
    if (performance.now() + pauseMs > endsAt) throw new BusyError('too many of one network are being looked at')
    await sleep(pauseMs * (0.75 + Math.random() / 2))
  }
}

function countedFor(limit: Limit, network: string): Counted[] {
  return networksOf(network).map((subject, index) => ({
    subject,
    windows: limits[limit].map(({ max, seconds }) => ({ max: max * (networkShares[index] ?? 1), seconds })),
  }))
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
