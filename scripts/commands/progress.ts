/** Says on standard error what is under way, which takes a while. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}
