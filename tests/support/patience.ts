/** Asks again for as long as too much is being weighed at once, as a person would. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as Error).name !== 'BusyError') throw error
    }
  }
}
