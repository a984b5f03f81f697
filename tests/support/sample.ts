const isSample = Boolean(process.env.SAMPLE)

/**
 * Which of some values a state is looked at with: all of them, or where SAMPLE is set only the one whose turn it
 * is. So no state goes without, and where turns are counted on, each value is met equally often.
 */
export function sampleOf<Value>(values: readonly Value[], turn: number, takesOne = isSample): readonly Value[] {
  return takesOne ? values.slice(turn % values.length).slice(0, 1) : values
}

/** Of languages all, or where SAMPLE is set some: the first and the last among them. */
export function someOf<Value>(values: readonly Value[]): Value[] {
  return values.filter((_, place) => !isSample || place % 4 === 0)
}

/** How many rounds something takes: so many, or where SAMPLE is set so few. */
export function roundsOf(all: number, few = Math.ceil(all / 4)): number {
  return isSample ? few : all
}

/** How far it is from one place between statements to the next at which something is done: one, or where SAMPLE is set twelve. */
export const stride = isSample ? 12 : 1

/** The places between statements at which something is done, among them the last. */
export function placesIn<Statement>(statements: readonly Statement[]): [number, Statement][] {
  return [...statements.entries()].filter(([place]) => (statements.length - 1 - place) % stride === 0)
}
