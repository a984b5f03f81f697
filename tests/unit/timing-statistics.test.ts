import { expect, test } from 'vitest'
import { scenarios, shortScenarios } from '@/tests/timing/scenarios'
import { median, medianGap, randomFrom, separation, welch } from '@/tests/timing/statistics'
import { boundsOf, isAsWanted, judge } from '@/tests/timing/verdict'

const bounds = boundsOf({ page: 'forgot-password', count: 3_000 }, 12)

test('the AUC is the share of pairs in which the second is the greater, ties counting half', () => {
  const random = randomFrom(1)
  const [a, b] = [0, 1].map((shift) => Array.from({ length: 60 }, () => Math.floor(random() * 10) + shift))
  if (!a || !b) throw new Error('no values')
  const pairs = a.flatMap((x) => b.map((y) => (y > x ? 1 : y === x ? 0.5 : 0)))
  const share = pairs.reduce<number>((sum, each) => sum + each, 0) / pairs.length
  expect(separation(a, b).auc).toBeCloseTo(share, 12)
  expect(separation(b, a).auc).toBeCloseTo(1 - share, 12)
  expect(share).toBeGreaterThan(0.55)
})

test('what is wholly apart has an AUC of one, and the wider the interval the fewer the values', () => {
  expect(separation([1, 2, 3], [4, 5, 6])).toEqual({ auc: 1, low: 1, high: 1 })
  const [few, many] = [latencies(2, 200), latencies(3, 3_000)].map((values) => separation(values, latencies(4, 3_000)))
  expect(reachOf(few)).toBeGreaterThan(2 * reachOf(many))
  // As under the null hypothesis: 1.96 √((n + m + 1) / 12nm).
  expect(reachOf(many)).toBeCloseTo(1.96 * Math.sqrt(6_001 / (12 * 3_000 * 3_000)), 3)
})

test('medians, their gap and Welch’s t are those of the textbook', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5])
  expect(welch([27, 31, 29], [33, 35, 40])).toBeCloseTo(7 / Math.sqrt(17 / 3), 12)
  const { gap, reach } = medianGap(latencies(5, 4_000), latencies(6, 4_000, 1))
  expect(gap).toBeCloseTo(1, 0)
  expect(reach).toBeLessThan(0.5)
})

test('a seed repeats its numbers, spread evenly, and another seed has others', () => {
  const [one, same, other] = [7, 7, 8].map((seed) => Array.from({ length: 10_000 }, randomFrom(seed)))
  expect(one).toEqual(same)
  expect(one).not.toEqual(other)
  const tenths = new Array<number>(10).fill(0)
  for (const value of one ?? []) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1
  expect(Math.min(...tenths)).toBeGreaterThan(900)
})

test.each([1_000, 3_000])(
  'of two hundred comparisons of %i equals about one in twenty is suspected, and of the suspected none twice',
  (count) => {
    const suspects = Array.from({ length: 200 }, (_, seed) => seed).filter((seed) => isSuspected(seed, 0, count))
    expect(suspects.length).toBeGreaterThan(2)
    expect(suspects.length).toBeLessThan(20)
    expect(suspects.filter((seed) => isSuspected(seed + 1_000, 0, count))).toEqual([])
  },
  20_000,
)

test.each([1_000, 3_000])('of %i requests a quarter of a millisecond more is seen behind a noise of two', (count) => {
  expect(Array.from({ length: 20 }, (_, seed) => isSuspected(seed, 0.25, count)).every(Boolean)).toBe(true)
})

test('the short form has all controls, as in the whole, and each form with nothing in its way', () => {
  const controls = scenarios.filter(({ leastSeen }) => leastSeen !== undefined)
  const titles = shortScenarios.map(({ title }) => title)
  expect(titles).toEqual([
    ...controls.map(({ title }) => title),
    'reset',
    'sign-in',
    'change of address',
    'sign-up',
    'confirmation again',
  ])
  expect(controls).toHaveLength(3)
  expect(shortScenarios).toEqual(expect.arrayContaining(controls))
})

test('an interval that holds 0.5 fits into the bounds of the AUC, however often was measured', () => {
  for (const { count, page } of [...scenarios, ...shortScenarios].filter((each) => each.leastSeen === undefined))
    expect(1.6 / Math.sqrt(count), `${page}, ${count}`).toBeLessThan(boundsOf({ page, count }, 12).auc + 0.002)
})

test('every rule of the verdict finds a fault of its own', () => {
  const even = latencies(9, 3_000)
  const few = judge(latencies(10, 100), latencies(11, 100), bounds)
  const spread = judge(
    even,
    even.map((value, place) => value + (place % 100 === 0 ? 3_000 : 0)),
    bounds,
  )
  const apart = judge(even, latencies(12, 3_000, 2), bounds)
  expect(few.faults).toEqual(['AUC beyond 0.5 ± 0.03'])
  expect(spread.faults).toEqual(['|t| ≥ 4.5'])
  expect(apart.faults).toEqual(['AUC without 0.5', 'AUC beyond 0.5 ± 0.03', 'medians apart by 1.00 ms', '|t| ≥ 4.5'])
})

test('cases that are made to differ must be told apart, all others must not', () => {
  const [even, apart] = [0, 2].map((shift) => judge(latencies(9, 3_000), latencies(13, 3_000, shift), bounds))
  if (!even || !apart) throw new Error('no verdicts')
  expect([isAsWanted({}, even), isAsWanted({}, apart)]).toEqual([true, false])
  expect([isAsWanted({ leastSeen: 0.6 }, even), isAsWanted({ leastSeen: 0.6 }, apart)]).toEqual([false, true])
  expect(isAsWanted({ leastSeen: 0.99 }, apart)).toBe(false)
})

function isSuspected(seed: number, shift: number, count: number): boolean {
  const [a, b] = [latencies(2 * seed + 1, count), latencies(2 * seed + 2, count, shift)]
  return judge(a, b, boundsOf({ page: 'forgot-password', count }, 12)).faults.length > 0
}

/** Times as requests have them: most near ten milliseconds, some far above. */
function latencies(seed: number, count: number, shift = 0): number[] {
  const random = randomFrom(seed * 7_919)
  return Array.from({ length: count }, () => 8 - 2 * Math.log(1 - random()) + shift)
}

function reachOf(found: { low: number; high: number } | undefined): number {
  return found ? (found.high - found.low) / 2 : Number.NaN
}
