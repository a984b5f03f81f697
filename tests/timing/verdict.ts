import type { Scenario } from '@/tests/timing/scenarios'
import { medianGap, type Separation, separation, welch } from '@/tests/timing/statistics'

export type Bounds = {
  /** How far from 0.5 the interval of the AUC may reach. */
  auc: number
  /** How far apart in milliseconds the medians may be, beyond what chance explains. */
  gap: number
}

export type Verdict = Separation & { gap: number; t: number; faults: string[] }

const maxT = 4.5

/**
 * What the time of one hash, of `hashMs`, hides is bounded by it; the rest by a millisecond. The AUC by twice the reach of
 * its interval, which is 0.8 / √count: what holds 0.5 then fits whatever chance does.
 */
export function boundsOf({ page, count }: Pick<Scenario, 'page' | 'count'>, hashMs: number): Bounds {
  const auc =
    count < 600 ? 1.6 / Math.sqrt(count) : count < 1_000 ? 0.065 : count < 1_500 ? 0.05 : count < 3_000 ? 0.04 : 0.03
  return { auc, gap: page === 'login' || page === 'account/change-email' ? 0.02 * hashMs : 1 }
}

/** Whether time tells the requests of one case from those of another; no fault when it does not. */
export function judge(a: number[], b: number[], bounds: Bounds): Verdict {
  const found = separation(a, b)
  const { gap, reach } = medianGap(a, b)
  const t = welch(a, b)
  const faults: string[] = []
  if (found.low > 0.5 || found.high < 0.5) faults.push('AUC without 0.5')
  if (found.low < 0.5 - bounds.auc || found.high > 0.5 + bounds.auc) faults.push(`AUC beyond 0.5 ± ${bounds.auc}`)
  if (Math.abs(gap) - reach >= bounds.gap) faults.push(`medians apart by ${bounds.gap.toFixed(2)} ms`)
  if (Math.abs(t) >= maxT) faults.push(`|t| ≥ ${maxT}`)
  return { ...found, gap, t, faults }
}

/** No fault, or where cases are made to differ, a fault and an AUC that leaves no doubt. */
export function isAsWanted({ leastSeen }: Pick<Scenario, 'leastSeen'>, { auc, faults }: Verdict): boolean {
  if (leastSeen === undefined) return faults.length === 0
  return faults.length > 0 && Math.max(auc, 1 - auc) > leastSeen
}
