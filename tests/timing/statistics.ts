/** Numbers between 0 and 1 that a seed repeats (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Separation = { auc: number; low: number; high: number }

/**
 * How well one number tells `b` from `a`: the chance that a value of `b` is the greater, ties counting half
 * (Mann-Whitney's U by the number of pairs), with its 95 % confidence interval by DeLong. 0.5 is not at all.
 */
export function separation(a: number[], b: number[]): Separation {
  const below = (value: number, others: number[]) => (countUnder(value, others) + countUpTo(value, others)) / 2
  const [sortedA, sortedB] = [a, b].map((values) => values.toSorted((x, y) => x - y)) as [number[], number[]]
  const ofB = sortedB.map((value) => below(value, sortedA) / a.length)
  const ofA = sortedA.map((value) => 1 - below(value, sortedB) / b.length)
  const auc = mean(ofB)
  const reach = 1.96 * Math.sqrt(variance(ofA) / a.length + variance(ofB) / b.length)
  return { auc, low: auc - reach, high: auc + reach }
}

/** Welch's t of the difference of two means. */
export function welch(a: number[], b: number[]): number {
  return (mean(b) - mean(a)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length)
}

export function median(values: number[]): number {
  const sorted = values.toSorted((x, y) => x - y)
  const at = (place: number) => sorted[Math.floor(place)] ?? Number.NaN
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2
}

/** How far apart two medians are, and how far chance alone takes them in 95 of 100 cases. */
export function medianGap(a: number[], b: number[]): { gap: number; reach: number } {
  return { gap: median(b) - median(a), reach: 1.96 * Math.hypot(medianError(a), medianError(b)) }
}

/** The standard error of a median: half of what lies between the values one standard deviation of its rank away. */
function medianError(values: number[]): number {
  const sorted = values.toSorted((x, y) => x - y)
  const [middle, step] = [(sorted.length - 1) / 2, Math.sqrt(sorted.length) / 2]
  const [low = 0, high = 0] = [sorted[Math.max(0, Math.floor(middle - step))], sorted[Math.ceil(middle + step)]]
  return (high - low) / 2
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}

function countUnder(value: number, sorted: number[]): number {
  return firstPlace(sorted, (each) => each >= value)
}

function countUpTo(value: number, sorted: number[]): number {
  return firstPlace(sorted, (each) => each > value)
}

/** Where in a sorted list a condition begins to hold. */
function firstPlace(sorted: number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}
