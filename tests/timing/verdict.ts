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

/** What the time of one hash, of `hashMs`, hides is bounded by it; the rest by a millisecond. */
export function boundsOf({ page, count }: Pick<Scenario, 'page' | 'count'>, hashMs: number): Bounds {
  return { auc: count < 3_000 ? 0.04 : 0.03, gap: page === 'login' ? 0.02 * hashMs : 1 }
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
