/** How many rounds a race takes: so many, or where SAMPLE is set a quarter of them. */
export function roundsOf(count: number): number {
  return process.env.SAMPLE ? Math.ceil(count / 4) : count
}
