/** How many rounds a race takes: so many, or where SAMPLE is set a quarter of them. */
export function roundsOf(count: number): number {
  return process.env.SAMPLE ? Math.ceil(count / 4) : count
}

/** Whether something is done at this one of many places: at each, or where SAMPLE is set at every third. */
export function isTurnOf(place: number): boolean {
  return !process.env.SAMPLE || place % 3 === 0
}
