/**
 * Which of some values a state is looked at with: all of them, or where SAMPLE is set only the one whose turn it
 * is. So no state goes without, and where turns are counted on, each value is met equally often.
 */
export function sampleOf<Value>(
  values: readonly Value[],
  turn: number,
  isSample = Boolean(process.env.SAMPLE),
): readonly Value[] {
  return isSample ? values.slice(turn % values.length).slice(0, 1) : values
}
