import { setTimeout as sleep } from 'node:timers/promises'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { type AuditDetail, recordEvent } from '@/lib/audit'
import { networksOf } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import { limits, networkShares, perTarget } from '@/lib/limits'
import { hashQueuePolicy } from '@/lib/policy'
import { type Counted, consume, giveBack, type Refusal, refuse } from '@/lib/rate-limit'
import { ok, type Result, type TooMany, tooMany } from '@/lib/result'
import { type Counting, countingTarget, countUse, undoRefused } from '@/lib/targets'

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
 */
export async function allowTarget(
  client: Db,
  limit: keyof typeof perTarget,
  target: string,
  network: string,
): Promise<Result<undefined, never> | TooMany> {
  const { refusal } = await countUse(client, limit, target, perTarget[limit], countedFor(limit, network))
  return refusal ? tellRefused(client, limit, network, refusal) : ok()
}

/** In SQL, for a larger statement: counts that. A use that it refuses is taken back by `undoRefused` and told by `tellRefused`; `untilDecided` also waits for what is contended. */
export function countingAllowed(limit: keyof typeof perTarget, target: string, network: string) {
  return countingTarget(limit, target, perTarget[limit], countedFor(limit, network))
}

/**
 * Counts a use about a target, and again while only uses whose outcome is not known yet stand in its way. Throws BusyError
 * when these take all the room for as long as a hash may wait, after a few looks.
 */
export async function untilDecided<Counted extends Counting>(
  client: Db,
  count: () => Promise<Counted>,
): Promise<Counted> {
  const endsAt = performance.now() + hashQueuePolicy.maxWaitMs
  for (let pauseMs = 100; ; pauseMs *= 2) {
    const counted = await undoRefused(client, await count())
    if (!counted.refusal?.isContended) return counted
    if (performance.now() + pauseMs > endsAt) throw new BusyError('too many of one network are being looked at')
    await sleep(pauseMs * (0.75 + Math.random() / 2))
  }
}

/** Says that a use about a target was refused, and records the first refusal of a window. */
export async function tellRefused(
  client: Db,
  limit: keyof typeof perTarget,
  network: string,
  { waitSeconds }: { waitSeconds: number },
): Promise<TooMany> {
  const [{ seconds }] = limits[limit]
  const isFirst = await consume(client, `${limit}_refused`, network, [{ max: 1, seconds }])
  if (isFirst) await recordEvent(client, 'excess_rate_limit_exceeded', { via: limit, network })
  return tooMany(waitSeconds)
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
  await recordRefusal(client, limit, refusal, detail)
  return refusal
}

/** Records a refusal that is the first of its window. */
export async function recordRefusal(client: Db, limit: Limit, refusal: Refusal, detail: AuditDetail): Promise<void> {
  if (refusal?.isFirst) await recordEvent(client, 'excess_rate_limit_exceeded', { via: limit, ...detail })
}
