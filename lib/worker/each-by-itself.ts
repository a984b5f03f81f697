/** Does one thing after the other, whatever becomes of those before. Throws the first error once all have had their turn. */
export async function eachByItself(works: (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = []
  for (const work of works) await work().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
