import type { Scenario } from '@/tests/timing/scenarios'
import { median } from '@/tests/timing/statistics'
import type { Verdict } from '@/tests/timing/verdict'

/** One comparison: a case with the first of its scenario. */
export type Row = {
  scenario: Scenario
  other: string
  seed: number
  first: number[]
  times: number[]
  verdict: Verdict
  passed: boolean
}

const widths = [34, 23, 23, 5, 9, 9, 7, 17, 6, 11]

export function printHead(): void {
  print(['scenario', 'A', 'B', 'n', 'median A', 'median B', 'AUC', '95 % of it', 't', 'seed', 'verdict'])
}

export function printRow({ scenario, other, seed, first, times, verdict, passed }: Row): void {
  const { auc, low, high, t, faults } = verdict
  const reasons = faults.join(', ') || 'nothing to see'
  print([
    scenario.title,
    scenario.cases[0].name,
    other,
    `${times.length}`,
    `${median(first).toFixed(2)} ms`,
    `${median(times).toFixed(2)} ms`,
    auc.toFixed(4),
    `[${low.toFixed(4)}, ${high.toFixed(4)}]`,
    t.toFixed(2),
    `${seed}`,
    `${passed ? 'ok' : 'FAILED'}: ${reasons}${scenario.leastSeen === undefined ? '' : ' (must be seen)'}`,
  ])
}

function print(cells: string[]): void {
  console.log(cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' '))
}
